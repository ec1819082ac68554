using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>P1: the client refused consent to online treatment. A reaction's own command, so not a contract.</summary>
public sealed record NoteRefusal(string ClientId, string DirectiveId);

public static class NoteRefusalAggregateHandler
{
    /// <summary>Who does not want online care is not left alone: other ways are offered, and the answer is waited for.</summary>
    public static object[] Handle(NoteRefusal command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service) throw new RuleViolation("role_not_permitted", "Only a service's reaction may note a refusal.");
        return state is not { Registration: not null } || state.Technology.OpenOffer is not null || state.Technology.Offers.Any(o => o.OfferId == command.DirectiveId)
            ? []
            : [new AlternativeOffered(command.ClientId, command.DirectiveId, [Alternatives.Phone, Alternatives.InPerson])];
    }
}
