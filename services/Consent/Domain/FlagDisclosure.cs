using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: what was learned later is noted at a disclosure that was made.</summary>
public sealed record FlagDisclosure(string DisclosureId, string DirectiveId, string ReasonCode, DateTimeOffset Since);

public static class FlagDisclosureAggregateHandler
{
    public static object[] Handle(FlagDisclosure command, Disclosure? state, Actor by, DateTimeOffset now) =>
        state is not { Status: DisclosureStatus.Released or DisclosureStatus.Delivered or DisclosureStatus.DeliveryFailed }
        || state.Flagged.Contains(command.ReasonCode)
            ? []
            :
            [
                new DisclosureFlagged(
                    state.Request.DisclosureId, state.Request.ClientId, state.Request.RecipientId, command.DirectiveId, command.ReasonCode,
                    command.Since)
            ];
}
