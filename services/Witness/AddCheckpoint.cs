using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Clinic.Witness;

/// <summary>The witness over HTTP. No token: what a log may do is said by its signature alone, and nothing here is secret.</summary>
internal static partial class AddCheckpoint
{
    private const string Text = "text/plain; charset=utf-8";

    public static void Map(WebApplication app)
    {
        app.MapPost("/add-checkpoint", async (HttpRequest request, Witness witness, ILogger<Witness> logger, CancellationToken ct) =>
        {
            using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
            string body;
            try
            {
                body = await reader.ReadToEndAsync(ct);
            }
            catch (DecoderFallbackException)
            {
                return Results.Text("the body is not UTF-8\n", Text, null, StatusCodes.Status400BadRequest);
            }
            var answer = witness.Add(body);
            if (answer.Outcome is not (Outcome.Cosigned or Outcome.Malformed)) logger.LogWarning("{Outcome}: {Detail}", answer.Outcome, answer.Detail);
            return answer.Outcome switch
            {
                Outcome.Cosigned => Results.Text(answer.Line!.ToString(), Text),
                Outcome.UnknownLog => Results.Text(answer.Detail + "\n", Text, null, StatusCodes.Status404NotFound),
                Outcome.NotSigned => Results.Text(answer.Detail + "\n", Text, null, StatusCodes.Status403Forbidden),
                Outcome.Conflict when answer.Held is { } held =>
                    Results.Text(held.ToString(CultureInfo.InvariantCulture) + "\n", "text/x.tlog.size", null, StatusCodes.Status409Conflict),
                Outcome.Conflict => Results.Text(answer.Detail + "\n", Text, null, StatusCodes.Status409Conflict),
                Outcome.Inconsistent => Results.Text(answer.Detail + "\n", Text, null, StatusCodes.Status422UnprocessableEntity),
                _ => Results.Text(answer.Detail + "\n", Text, null, StatusCodes.Status400BadRequest)
            };
        });

        // C2SP tlog-witness, monitoring
        app.MapGet("/{logId}/checkpoint", (string logId, Witness witness) => Id().IsMatch(logId) && witness.Latest(logId) is { } note
            ? Results.Text(note.ToString(), Text)
            : Results.NotFound());

        app.MapGet("/health/ready", (Witness witness) => Results.Json(new { status = "healthy", key = witness.Key.ToString(), fingerprint = witness.Key.Fingerprint }));
        app.MapGet("/health/live", () => Results.Ok());
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Id();
}
