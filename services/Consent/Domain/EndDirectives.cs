using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;
using Trigger = Clinic.Contracts.Consent.ConsentExpired;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: what has run out by now is said to have.</summary>
public sealed record ExpireConsent(string ClientId, string DirectiveId);

public static class ExpireConsentAggregateHandler
{
    public static object[] Handle(ExpireConsent command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        state?.Find(command.DirectiveId) is { IsOpen: true, ExpiresAt: { } end } directive && end <= now
            ? [new ConsentExpired(command.ClientId, directive.Id, directive.Version + 1, directive.Scopes, Trigger.Date, end)]
            : [];
}

public sealed class ReportExpiryEventValidator : AbstractValidator<ReportExpiryEvent>
{
    public ReportExpiryEventValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.EventCode).MustBeCode();
    }
}

public static class ReportExpiryEventAggregateHandler
{
    public static object[] Handle(ReportExpiryEvent command, ClientConsents? state, Actor by, DateTimeOffset now) =>
    [
        .. (state?.Directives ?? []).Where(d => d.IsOpen && d.ExpiryEvent == command.EventCode)
            .Select(d => new ConsentExpired(command.ClientId, d.Id, d.Version + 1, d.Scopes, Trigger.Event, now))
    ];
}

public sealed class CorrectConsentValidator : AbstractValidator<CorrectConsent>
{
    public CorrectConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(1000);
    }
}

public static class CorrectConsentAggregateHandler
{
    public static object[] Handle(CorrectConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        var directive = state?.Find(command.DirectiveId)
            ?? throw new RuleViolation("directive_unknown", "The client has no such directive.", "directiveId");
        return directive.Status == DirectiveStatus.EnteredInError
            ? []
            : [new ConsentEnteredInError(command.ClientId, directive.Id, directive.Version + 1, directive.Scopes, command.Reason)];
    }
}

/// <summary>A newer text asks for consent anew: each client with an earlier one is proposed it, and the earlier one gets its end.</summary>
/// <param name="Until">First instant at which the earlier directive no longer holds.</param>
public sealed record RequireReconsent(string ClientId, string DirectiveId, DocumentText Text, DateTimeOffset Until);

public static class RequireReconsentAggregateHandler
{
    public static object[] Handle(RequireReconsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (state?.Find(command.DirectiveId) is not { IsOpen: true, ReplacedBy: null } old || old.Document.Version >= command.Text.Version) return [];
        // The same for every attempt, and nobody else's id.
        var next = $"{old.Id[..Math.Min(old.Id.Length, 52)]}-v{command.Text.Version}";
        if (state.Find(next) is not null) return [];
        var until = command.Until < now ? now : command.Until;
        object[] asked =
        [
            new ConsentProposed(command.ClientId, next, 1, command.Text.Reference, old.Scopes, command.Text.DocumentType, old.Id),
            new ReconsentRequired(command.ClientId, old.Id, old.Version + 1, command.Text.Reference, next, until)
        ];
        return until > now ? asked : [.. asked, new ConsentExpired(command.ClientId, old.Id, old.Version + 2, old.Scopes, Trigger.Date, until)];
    }
}
