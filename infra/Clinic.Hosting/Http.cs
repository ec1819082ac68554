using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Who calls, from the verified token.</summary>
    /// <exception cref="MalformedException">The token lacks a claim or names no known role.</exception>
    public static Actor ActorOf(ClaimsPrincipal user)
    {
        string Claim(string name) => user.FindFirstValue(name) is { Length: > 0 } value ? value : throw new ForbiddenException($"The token has no '{name}'.");
        // it goes into routing keys and row policies, where other characters mean something
        if (!Ids.AreValid(Claim("tenant"))) throw new ForbiddenException("The token's 'tenant' is not a clinic's id.");
        return new Actor(Claim("sub"), Claim("role"), Claim("tenant"), user.FindFirstValue("on_behalf_of"));
    }

    /// <summary>The scope of a request that is a command of its own kind, without a command's body or identity.</summary>
    public static CommandScope Scope(this HttpContext http)
    {
        var actor = ActorOf(http.User);
        var id = Guid.CreateVersion7().ToString();
        return new CommandScope(http.RequestServices.GetRequiredService<IEventStore>(), http.RequestServices.GetRequiredService<TimeProvider>(),
            actor, id, id, Amqp.Headers(actor, Activity.Current?.Id, PurposeOfUse(http, required: false)));
    }

    private static CommandScope Scope(HttpContext http, IEventStore store, TimeProvider time, string contract, byte[] body)
    {
        var actor = ActorOf(http.User);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0 && Amqp.Text(key) is null) throw new MalformedException("Idempotency-Key", "'Idempotency-Key' has at most 200 printable characters.");
        var id = key.Length > 0 ? key : Guid.CreateVersion7().ToString();
        return new CommandScope(store, time, actor, Amqp.Text(http.Request.Headers["Correlation-Id"].ToString()) ?? id, id,
            Amqp.Headers(actor, Activity.Current?.Id, PurposeOfUse(http, required: false)),
            // two clinics may call a person the same
            key.Length > 0 ? new CommandIdentity("http:" + contract, $"{actor.Tenant}/{actor.Id}", id, SHA256.HashData(body)) : null, IfMatch(http.Request));
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
        if (request.ContentType is null || !request.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            throw new MalformedException("Content-Type", "'Content-Type' must be application/json.");
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }
}

/// <summary>Known, but may not: answered 403 where the object's existence is no secret.</summary>
public sealed class ForbiddenException(string message) : Exception(message);
