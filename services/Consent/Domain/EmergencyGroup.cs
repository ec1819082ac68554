using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed record EmergencyUserAuthorised(string UserId);

public sealed record EmergencyUserRevoked(string UserId);

/// <summary>Who may break the glass in this clinic. One stream.</summary>
public sealed record EmergencyGroup(string Id, string[] Members)
{
    public const string StreamId = "emergency.group";

    public long Version { get; init; }

    public static EmergencyGroup Create(EmergencyUserAuthorised e) => new(StreamId, [e.UserId]);

    public EmergencyGroup Apply(EmergencyUserAuthorised e) => this with { Members = [.. Members, e.UserId] };

    public EmergencyGroup Apply(EmergencyUserRevoked e) => this with { Members = [.. Members.Where(m => m != e.UserId)] };
}

public sealed class AuthoriseEmergencyUserValidator : AbstractValidator<AuthoriseEmergencyUser>
{
    public AuthoriseEmergencyUserValidator() => RuleFor(c => c.UserId).MustBeId();
}

public static class AuthoriseEmergencyUserAggregateHandler
{
    public static object[] Handle(AuthoriseEmergencyUser command, EmergencyGroup? state, Actor by, DateTimeOffset now) =>
        state?.Members.Contains(command.UserId) == true ? [] : [new EmergencyUserAuthorised(command.UserId)];
}

public sealed class RevokeEmergencyUserValidator : AbstractValidator<RevokeEmergencyUser>
{
    public RevokeEmergencyUserValidator() => RuleFor(c => c.UserId).MustBeId();
}

public static class RevokeEmergencyUserAggregateHandler
{
    public static object[] Handle(RevokeEmergencyUser command, EmergencyGroup? state, Actor by, DateTimeOffset now) =>
        state?.Members.Contains(command.UserId) == true ? [new EmergencyUserRevoked(command.UserId)] : [];
}
