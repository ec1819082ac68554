using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ReportParticipantValidator : AbstractValidator<ReportParticipant>
{
    public ReportParticipantValidator()
    {
        RuleFor(c => c.IntermediaryId).MustBeId();
        RuleFor(c => c.ParticipantId).MustBeId().NotEqual(DisclosureScope.TreatingProviders);
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Since).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.Until).Must(day => FieldRules.IsSane(day!.Value)).When(c => c.Until is not null).WithMessage(FieldRules.Insane);
        RuleFor(c => c.Until).Must((c, until) => !(until < c.Since)).WithMessage("must not be before since");
    }
}

public static class ReportParticipantAggregateHandler
{
    public static object[] Handle(ReportParticipant command, Recipient? state, Actor by, DateTimeOffset now)
    {
        var intermediary = Demand(state, command.IntermediaryId, by);
        var reported = new ParticipantReported(command.IntermediaryId, command.ParticipantId, command.Name, command.Since, command.Until);
        return intermediary.Find(command.ParticipantId) is { } known && known == Participant.Of(reported) ? [] : [reported];
    }

    /// <summary>The intermediary itself or staff; to everybody else's system it looks like none.</summary>
    internal static Recipient Demand(Recipient? state, string intermediaryId, Actor by) =>
        state is { Intermediary: true } && state.RecipientId == intermediaryId && (by.Role == Roles.Supervisor || state.BusUser == by.Id)
            ? state
            : throw new RuleViolation("intermediary_unknown", "Only an intermediary that is registered here, or staff on its word, says this.", "intermediaryId");
}
