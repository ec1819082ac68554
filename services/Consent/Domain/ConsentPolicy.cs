using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>Proposed defaults, for a clinician or lawyer to confirm: docs/clinical-assumptions.md.</summary>
public sealed record ConsentPolicy
{
    /// <summary>How long an emergency access lasts.</summary>
    public TimeSpan EmergencyAccess { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How soon somebody else reviews it, from its end on.</summary>
    public TimeSpan EmergencyReview { get; init; } = TimeSpan.FromHours(72);

    /// <summary>In the clinic's address book: who is told of a review that is late.</summary>
    public const string Reviewers = "staff:emergency-review";

    /// <summary>In the clinic's address book: who gives clients copies of their records.</summary>
    public const string RecordKeepers = "staff:records";

    /// <summary>For the clinic's people, and for a client whose language has not been heard.</summary>
    public const string DefaultLanguage = "en";

    /// <summary>How long a notification is worth sending.</summary>
    public static readonly TimeSpan NotificationsLast = TimeSpan.FromDays(30);

    /// <summary>How long a client has to reaffirm what a proxy agreed to.</summary>
    public static readonly TimeSpan ReaffirmWithin = TimeSpan.FromDays(30);

    /// <summary>45 CFR 164.528(c)(1).</summary>
    public static readonly TimeSpan AccountingDue = TimeSpan.FromDays(60);

    /// <summary>45 CFR 164.528(c)(1)(ii): once.</summary>
    public static readonly TimeSpan AccountingExtension = TimeSpan.FromDays(30);

    /// <summary>42 CFR 2.24(b)(1); it knows no extension.</summary>
    public static readonly TimeSpan IntermediaryListDue = TimeSpan.FromDays(30);

    /// <summary>How soon an accounting of a regime is due.</summary>
    public static TimeSpan TermOf(string regime) => regime == AccountingRegimes.Intermediary ? IntermediaryListDue : AccountingDue;

    /// <summary>45 CFR 164.528(a)(2)(ii).</summary>
    public static readonly TimeSpan OralSuspension = TimeSpan.FromDays(30);

    /// <summary>45 CFR 164.524(b)(2)(i); within the month of GDPR 12(3).</summary>
    public static readonly TimeSpan AccessDue = TimeSpan.FromDays(30);

    /// <summary>45 CFR 164.524(b)(2)(ii): once.</summary>
    public static readonly TimeSpan AccessExtension = TimeSpan.FromDays(30);

    /// <summary>45 CFR 164.526(b)(2).</summary>
    public static readonly TimeSpan AmendmentDue = TimeSpan.FromDays(60);

    /// <summary>45 CFR 164.526(b)(2)(ii): once.</summary>
    public static readonly TimeSpan AmendmentExtension = TimeSpan.FromDays(30);
}
