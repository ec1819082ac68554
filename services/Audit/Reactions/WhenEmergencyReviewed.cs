using Clinic.Contracts.Audit;
using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Audit.Reactions;

/// <summary>P5: an emergency access that should not have been is an incident, and somebody assesses whether it is a breach.</summary>
internal static class WhenEmergencyReviewed
{
    public static async Task React(EmergencyAccessReviewed e, Reaction reaction, CancellationToken ct)
    {
        if (e.Outcome != EmergencyAccessReviewed.Unjustified) return;
        var now = DateTimeOffset.UtcNow;
        // the review's own event: told twice it is one incident, and no access id is too long for it
        await Handling.RaiseIncident(reaction.Scope(Handling.Service, TimeProvider.System),
            new RaiseIncident($"emergency-{reaction.Message.Id}", "unauthorised-access", "high",
                // two clocks are never equal, and nothing is discovered in the future
                reaction.Message.Time < now ? reaction.Message.Time : now, e.AccessId, [e.ClientId]), ct);
    }
}
