namespace Clinic.Contracts.Consent;

/// <summary>
/// What a consent document says, element by element. Some elements are in the text, some in what is filled in when it is signed:
/// who, to whom, until when, signature.
/// </summary>
public static class DocumentElements
{
    /// <summary>What information: 45 CFR 164.508(c)(1)(i); 42 CFR 2.31(a)(3).</summary>
    public const string Information = "information";

    /// <summary>Who discloses: 45 CFR 164.508(c)(1)(ii); 42 CFR 2.31(a)(2).</summary>
    public const string Discloser = "discloser";

    /// <summary>To whom: 45 CFR 164.508(c)(1)(iii); 42 CFR 2.31(a)(4).</summary>
    public const string Recipient = "recipient";

    /// <summary>What for: 45 CFR 164.508(c)(1)(iv); 42 CFR 2.31(a)(5).</summary>
    public const string Purpose = "purpose";

    /// <summary>Date or event at which it ends: 45 CFR 164.508(c)(1)(v); 42 CFR 2.31(a)(7).</summary>
    public const string Expiry = "expiry";

    /// <summary>Signature and its date, with the authority of who signs for another: 45 CFR 164.508(c)(1)(vi); 42 CFR 2.31(a)(8), (9).</summary>
    public const string Signature = "signature";

    /// <summary>Name of the patient: 42 CFR 2.31(a)(1).</summary>
    public const string Patient = "patient";

    /// <summary>That and how it may be revoked: 45 CFR 164.508(c)(2)(i); 42 CFR 2.31(a)(6).</summary>
    public const string RightToRevoke = "right-to-revoke";

    /// <summary>Whether treatment depends on signing: 45 CFR 164.508(c)(2)(ii).</summary>
    public const string Conditioning = "conditioning";

    /// <summary>That the recipient may disclose further: 45 CFR 164.508(c)(2)(iii); for treatment, payment and operations 42 CFR 2.31(a)(10).</summary>
    public const string Redisclosure = "redisclosure";

    /// <summary>What follows from refusing: 42 CFR 2.31(a)(10)(ii).</summary>
    public const string RefusalConsequence = "refusal-consequence";

    /// <summary>Who is responsible for the processing: GDPR 13(1)(a).</summary>
    public const string Controller = "controller";

    /// <summary>That special categories of data are processed on this consent: GDPR 9(2)(a).</summary>
    public const string ExplicitStatement = "explicit-statement";

    /// <summary>How long the data is kept: GDPR 13(2)(a).</summary>
    public const string Retention = "retention";

    /// <summary>Rights of access, erasure and complaint: GDPR 13(2)(b), (d).</summary>
    public const string DataRights = "data-rights";

    /// <summary>What online therapy cannot do (S53).</summary>
    public const string Limits = "limits";

    /// <summary>Gestures, looks and tone are missing or weaker (S13).</summary>
    public const string NonverbalCues = "nonverbal-cues";

    /// <summary>A picture may be incomplete and a diagnosis wrong (S36).</summary>
    public const string Misdiagnosis = "misdiagnosis";

    /// <summary>Somebody may get at the data (S29).</summary>
    public const string Breach = "breach";

    /// <summary>Technology may fail, and what happens then (S54).</summary>
    public const string TechnicalDisruption = "technical-disruption";

    /// <summary>What the platform does with data (S47).</summary>
    public const string PlatformDataUse = "platform-data-use";

    /// <summary>Other ways to be helped (S37, S53).</summary>
    public const string Alternatives = "alternatives";

    /// <summary>What happens in an emergency.</summary>
    public const string Emergencies = "emergencies";

    /// <summary>How soon messages are answered (S16).</summary>
    public const string ReplyTimes = "reply-times";

    /// <summary>That one may stop whenever one wishes (S26).</summary>
    public const string FreedomToStop = "freedom-to-stop";

    /// <summary>Every element.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        Information, Discloser, Recipient, Purpose, Expiry, Signature, Patient, RightToRevoke, Conditioning, Redisclosure,
        RefusalConsequence, Controller, ExplicitStatement, Retention, DataRights, Limits, NonverbalCues, Misdiagnosis, Breach,
        TechnicalDisruption, PlatformDataUse, Alternatives, Emergencies, ReplyTimes, FreedomToStop
    ];
}
