using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Proof;
using Clinic.SystemTests.Abuse;

namespace Clinic.SystemTests.Running;

/// <summary>Somebody who has a service's password of the broker, and an auditor who deals with what comes of it.</summary>
internal static class AuditLogs
{
    /// <summary>Sends a checkpoint as the service, signed with its own key.</summary>
    public static async Task Publish(RunningClinic clinic, string service, Checkpoint checkpoint, long from, string[] proof)
    {
        using var key = await clinic.StolenKey(service);
        await Send(clinic, service, "clinic.checkpoints", service, "log.checkpoint.v1", new JsonObject
        {
            ["note"] = checkpoint.Sign(key, DateTimeOffset.UtcNow).ToString(),
            ["signedAt"] = DateTimeOffset.UtcNow,
            ["from"] = from,
            ["consistency"] = new JsonArray([.. proof.Select(hash => (JsonNode)hash)])
        });
    }

    /// <summary>Answers audit's question for entries of a log, asked or not.</summary>
    public static Task PublishEntries(RunningClinic clinic, string service, long from, byte[] entries) => Send(clinic, service, "", "audit.checkpoints", "log.entries.v1",
        new JsonObject { ["from"] = from, ["entries"] = Convert.ToBase64String(entries) });

    /// <summary>Assesses and closes what is open of a kind, in both clinics.</summary>
    public static async Task Close(RunningClinic clinic, string kind)
    {
        foreach (var auditor in new[] { Person.Auditor(), Person.Auditor(Person.South) })
        {
            var open = (await clinic.Get("audit", "/incidents?open=true", auditor, purpose: null)).Accepted().Body.AsArray().Select(row => row!["id"]!.GetValue<string>());
            foreach (var incident in open.Where(id => id.StartsWith(kind + "-", StringComparison.Ordinal)))
            {
                (await clinic.Post("audit.assess-breach.v1", new { incidentId = incident, assessment = "low-probability", affectedClients = 0, regimes = Array.Empty<string>() }, auditor)).Accepted();
                (await clinic.Post("audit.close-incident.v1", new { incidentId = incident, outcome = "key-replaced" }, auditor)).Accepted();
            }
        }
    }

    private static async Task Send(RunningClinic clinic, string service, string exchange, string key, string type, JsonObject body)
    {
        await using var intruder = await Intruder.As(clinic, service);
        (await intruder.Publish(exchange, key, JsonSerializer.SerializeToUtf8Bytes(body), properties => properties.Headers = new Dictionary<string, object?>
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents_id"] = Guid.NewGuid().ToString(),
            ["cloudEvents_source"] = "/clinic/" + service,
            ["cloudEvents_type"] = type,
            ["cloudEvents_time"] = DateTimeOffset.UtcNow.ToString("O")
        })).ShouldBe(0);
    }
}
