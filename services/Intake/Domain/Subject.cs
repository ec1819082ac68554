using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>Who a person of an identity authority is here. Its events are public as they are; every service keeps a copy.</summary>
public sealed record Subject(
    string Id, string SubjectHash, string? ClientId = null, string? PractitionerId = null, DateTimeOffset? TokensUpTo = null)
{
    public long Version { get; init; }

    public static string StreamId(string subjectHash) => $"subject-{subjectHash}";

    public bool IsLinked => ClientId is not null || PractitionerId is not null;

    public static Subject Create(SubjectLinked e) => Named(e.SubjectHash).Apply(e);

    /// <summary>Also who was never linked has a credential: operators, auditors, systems.</summary>
    public static Subject Create(CredentialCompromised e) => Named(e.SubjectHash).Apply(e);

    public Subject Apply(SubjectLinked e) => this with { ClientId = e.ClientId, PractitionerId = e.PractitionerId };

    public Subject Apply(SubjectUnlinked e) => this with { ClientId = null, PractitionerId = null };

    public Subject Apply(CredentialCompromised e) => this with { TokensUpTo = e.TokensUpTo };

    private static Subject Named(string hash) => new(StreamId(hash), hash);
}

/// <summary>The shapes that issuers and subjects have.</summary>
internal static class SubjectRules
{
    internal static void IsIssuer<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(issuer => issuer.Length <= 300 && Uri.TryCreate(issuer, UriKind.Absolute, out _) && !issuer.Any(char.IsControl))
            .WithMessage("must be the tokens' issuer, an absolute URL");

    /// <summary>OpenID Connect Core 2: at most 255 ASCII characters.</summary>
    internal static void IsSubject<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(subject => subject.Length is > 0 and <= 255 && subject.All(c => c is >= ' ' and < (char)127))
            .WithMessage("must be the tokens' subject, 1 to 255 ASCII characters");

    internal static void MustBeOperator(Actor by)
    {
        if (by.Role != Roles.Operator) throw new RuleViolation("role_not_permitted", "Only an operator may do this.");
    }
}
