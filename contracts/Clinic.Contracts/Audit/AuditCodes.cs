namespace Clinic.Contracts.Audit;

/// <summary>Closed code lists of the audit service.</summary>
public static class AuditCodes
{
    /// <summary>What kind of incident it is.</summary>
    public static IReadOnlyList<string> Incidents { get; } =
        ["unauthorised-access", "unauthorised-disclosure", "extortion", "malware", "loss", "integrity", "availability", "credential-compromise", "other"];

    /// <summary>How bad an incident or a finding is.</summary>
    public static IReadOnlyList<string> Severities { get; } = ["low", "medium", "high", "critical"];

    /// <summary>Laws that demand a notice, each with its own time.</summary>
    public static IReadOnlyList<string> Regimes { get; } = [Hipaa, Gdpr];

    /// <summary>45 CFR 164.404: those concerned are told without unreasonable delay, at most 60 days after discovery.</summary>
    public const string Hipaa = "hipaa";

    /// <summary>GDPR article 33: the supervisory authority is told within 72 hours after becoming aware.</summary>
    public const string Gdpr = "gdpr";

    /// <summary>What an assessment came to.</summary>
    public static IReadOnlyList<string> Assessments { get; } = [Breach, "no-breach", "low-probability"];

    /// <summary>A breach in the meaning of the regimes named.</summary>
    public const string Breach = "breach";

    /// <summary>What a finding is about.</summary>
    public static IReadOnlyList<string> Areas { get; } = ["access", "encryption", "backup", "integrity", "consent", "retention", "availability", "process", "supplier"];
}
