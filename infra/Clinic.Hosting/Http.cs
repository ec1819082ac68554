using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Hosting.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Clinic.Hosting;

/// <summary>Commands over HTTP: <c>POST /commands/{contract}</c> with the same JSON as on the bus.</summary>
public static class Http
{
    /// <summary>Maps one command.</summary>
    public static RouteHandlerBuilder MapCommand<TCommand>(this IEndpointRouteBuilder routes, CommandHandler<TCommand> handler) where TCommand : class
    {
        var contract = ContractTypes.NameOf(typeof(TCommand));
        return routes.MapPost("/commands/" + contract, async (HttpContext http, IEventStore store, TimeProvider time, CancellationToken ct) =>
            {
                var body = await ReadBody(http.Request, ct);
                var accepted = await Handle(handler, Scope(http, store, time, contract, body), CommandJson.Read<TCommand>(body), ct);
                http.Response.Headers.ETag = $"\"{accepted.Version}\"";
                return TypedResults.Ok(accepted);
            })
            .Accepts<TCommand>("application/json")
            .WithName(contract).WithTags("commands");
    }

    private static async Task<CommandAccepted> Handle<TCommand>(
        CommandHandler<TCommand> handler, CommandScope scope, TCommand command, CancellationToken ct)
    {
        try
        {
            return await handler(scope, command, ct);
        }
        catch (RuleViolation violation) when (scope.IsIdentified && violation.Code != CommandScope.MessageIdReused)
        {
            var stored = await scope.StoreRefusal(Refusals.Of(violation, null)!, ct);
            if (stored.Outcome == AppendOutcome.Duplicate) return CommandScope.First(stored);
            throw;
        }
    }

    /// <summary>The scope of a request that is a command of its own kind, without a command's body or identity.</summary>
    public static CommandScope Scope(this HttpContext http)
    {
        var admission = http.Admission();
        var id = Guid.CreateVersion7().ToString();
        return new CommandScope(http.RequestServices.GetRequiredService<IEventStore>(), http.RequestServices.GetRequiredService<TimeProvider>(),
            admission.Actor, id, id, Amqp.Headers(admission.Actor, Activity.Current?.Id, PurposeOfUse(http, required: false)), admission: admission);
    }

    private static CommandScope Scope(HttpContext http, IEventStore store, TimeProvider time, string contract, byte[] body)
    {
        var admission = http.Admission();
        var actor = admission.Actor;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0 && Amqp.Text(key) is null) throw new MalformedException("Idempotency-Key", "'Idempotency-Key' has at most 200 printable characters.");
        var id = key.Length > 0 ? key : Guid.CreateVersion7().ToString();
        return new CommandScope(store, time, actor, Amqp.Text(http.Request.Headers["Correlation-Id"].ToString()) ?? id, id,
            Amqp.Headers(actor, Activity.Current?.Id, PurposeOfUse(http, required: false)),
            // two clinics may call a person the same
            key.Length > 0 ? new CommandIdentity("http:" + contract, $"{actor.Tenant}/{actor.Id}", id, SHA256.HashData(body)) : null, IfMatch(http.Request), admission);
    }

    internal static string? PurposeOfUse(HttpContext http, bool required)
    {
        var purpose = http.Request.Headers["Purpose-Of-Use"].ToString();
        if (purpose.Length == 0 && !required) return null;
        return Purposes.Contains(purpose) ? purpose : throw new MalformedException("Purpose-Of-Use",
            $"'Purpose-Of-Use' is required and must be one of {string.Join(", ", Purposes.Order())}.");
    }

    /// <summary>HL7 v3 ActReason codes a view or command may be for.</summary>
    internal static readonly HashSet<string> Purposes =
        ["TREAT", "ETREAT", "BTG", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "FAMRQT", "PWATRNY", "SUPNWK", "HLEGAL", "PATSFTY", "HTEST"];

    private static long? IfMatch(HttpRequest request)
    {
        var value = request.Headers.IfMatch.ToString();
        if (value.Length == 0) return null;
        return long.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new MalformedException("If-Match", "'If-Match' is a stream version in quotes, for example \"3\".");
    }

    private static async Task<byte[]> ReadBody(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new BadHttpRequestException("'Content-Type' must be application/json in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }
}

/// <summary>The caller may not do this at all, whatever it is done to: 403.</summary>
public sealed class ForbiddenException(string message, string code = "forbidden") : Exception(message)
{
    public string Code => code;
}
