using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;
using Public = Clinic.Contracts.Consent.OnwardDisclosureReported;

namespace Clinic.Consent.Domain;

public sealed class ReportOnwardDisclosureValidator : AbstractValidator<ReportOnwardDisclosure>
{
    public ReportOnwardDisclosureValidator()
    {
        RuleFor(c => c.OnwardId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.IntermediaryId).MustBeId();
        RuleFor(c => c.ParticipantId).MustBeId();
        RuleFor(c => c.At).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.Description).NotEmpty().MaximumLength(1000);
    }
}

/// <param name="Intermediary">With its participants.</param>
public sealed record OnwardFacts(Actor By, ClientConsents? Consents, Recipient? Intermediary);

/// <summary>What happened is taken, whether or not it should have: refusing it would only keep it out of the client's list.</summary>
public static class ReportOnwardDisclosureAggregateHandler
{
    public static object[] Handle(ReportOnwardDisclosure command, OnwardDisclosure? state, OnwardFacts facts, DateTimeOffset now)
    {
        var intermediary = ReportParticipantAggregateHandler.Demand(facts.Intermediary, command.IntermediaryId, facts.By);
        var naming = facts.Consents?.Directives.Where(d => d.ValidFrom is not null && Scope(d, command.IntermediaryId) is not null).ToArray() ?? [];
        // One answer for a client who is not known and one who never named it, so that asking tells a stranger nothing.
        if (naming.Length == 0) throw new RuleViolation("client_unknown", "No client of this id has let this intermediary have anything.", "clientId");
        if (intermediary.Find(command.ParticipantId) is not { } participant)
            throw new RuleViolation("participant_unknown", "It is reported first who takes part, then what it was given.", "participantId");
        if (command.At > now) throw new RuleViolation("in_future", "What is reported has happened.", "at");

        var covering = Array.FindAll(naming, d => d.HoldsAt(command.At) && Scope(d, command.IntermediaryId)!.Onward is { } onward
            && (onward.Contains(command.ParticipantId) || onward.Contains(DisclosureScope.TreatingProviders)));
        var named = Array.Find(covering, d => Scope(d, command.IntermediaryId)!.Onward!.Contains(command.ParticipantId));
        var directive = named ?? covering.FirstOrDefault();
        var reason = directive is null ? Public.NotConsented
            : !participant.TakesPartOn(DateOnly.FromDateTime(command.At.UtcDateTime)) ? Public.NotAParticipant
            : named is null && !command.TreatingProvider ? Public.NotTreating
            : null;
        var reported = new OnwardDisclosureReported(
            command.OnwardId, command.ClientId, command.IntermediaryId, intermediary.Name, command.ParticipantId, participant.Name, command.At, command.Description,
            Scope(directive ?? naming[^1], command.IntermediaryId)!.Purpose, directive?.Id ?? RequestDisclosureAggregateHandler.NoDirective, directive?.Version ?? 0,
            facts.By.Id, reason);
        if (state is null) return [reported];
        return Told(state.Reported).Equals(Told(reported))
            ? []
            : throw new RuleViolation("onward_exists", "This id belongs to another disclosure.", "onwardId");
    }

    // Names and directives may have changed since; what was told has not.
    private static object Told(OnwardDisclosureReported e) => (e.ClientId, e.RecipientId, e.ParticipantId, e.At, e.Description);

    private static DisclosureScope? Scope(Directive directive, string intermediaryId) =>
        Array.Find(directive.Scopes, s => s.Disclosure is { Denies: false } d && d.RecipientId == intermediaryId)?.Disclosure;
}
