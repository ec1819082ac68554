using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

[Subject("clientId")]
public sealed record RiskEventRaised(
    string RiskId, string ClientId, string Source, string Severity, string RaisedBy, string? SessionId = null,
    string? ThreadId = null, Personal<string>? Description = null,
    [property: Subject("clientId", DataClasses.Contact)] Personal<string>? Location = null);

/// <summary>A risk that somebody saw. What is done about it is intake's and feedback's.</summary>
public sealed record RiskReport(string Id, RiskEventRaised Raised)
{
    public long Version { get; init; }

    public static string StreamId(string riskId) => $"risk-{riskId}";

    public static RiskReport Create(RiskEventRaised e) => new(StreamId(e.RiskId), e);
}

public sealed class RaiseRiskValidator : AbstractValidator<RaiseRisk>
{
    public RaiseRiskValidator()
    {
        RuleFor(c => c.RiskId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Source).MustBeCode();
        RuleFor(c => c.Severity).MustBeOneOf(Severities.All);
        RuleFor(c => c.SessionId).MustBeId().When(c => c.SessionId is not null);
        RuleFor(c => c.ThreadId).MustBeId().When(c => c.ThreadId is not null);
        RuleFor(c => c.Description).MaximumLength(4000);
        RuleFor(c => c.Location).MaximumLength(500);
    }
}

public static class RaiseRiskAggregateHandler
{
    public static object[] Handle(RaiseRisk command, RiskReport? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(Parties.Client);
        if (state is not null)
            return (state.Raised.ClientId, state.Raised.RaisedBy) == (command.ClientId, by.Id)
                ? []
                : throw new RuleViolation("risk_exists", "This id belongs to another report.", "riskId");
        // Staff report whomever they are worried about, whoever treats them; a client speaks for the client alone.
        if (by.Role is Roles.Client && by.Id != command.ClientId)
            throw new RuleViolation("role_not_permitted", "A client reports a risk of their own.", "clientId");

        return
        [
            new RiskEventRaised(
                command.RiskId, command.ClientId, command.Source, command.Severity, by.Id, command.SessionId,
                command.ThreadId, command.Description, command.Location)
        ];
    }
}
