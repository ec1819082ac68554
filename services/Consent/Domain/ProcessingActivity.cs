using System.Reflection;
using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>What one service processes personal data for, and which: GDPR Art. 30(1)(b) and (c).</summary>
/// <param name="LegalBases">GDPR Art. 6 and 9, for the clinic's lawyer to confirm.</param>
/// <param name="DataSubjects">Whose ids its contracts carry.</param>
/// <param name="RecordCategories">What of it may be disclosed, by category.</param>
/// <param name="Words">What people say or write there, as <c>command: members</c>: stored encrypted, never published.</param>
public sealed record ProcessingActivity(
    string Service, string Purpose, string[] LegalBases, string[] DataSubjects, string[] RecordCategories, string[] Words)
{
    private const string Care = "GDPR 9(2)(h): health care", Consent = "GDPR 9(2)(a): explicit consent", Duty = "GDPR 6(1)(c): legal obligation",
        Vital = "GDPR 9(2)(c): vital interests";

    private static readonly (string Service, string Purpose, string[] LegalBases)[] Purposes =
    [
        ("intake", "Taking clients on: who they are, what they need, whether online care suits them, who may treat them, and help in a crisis", [Care, Vital]),
        ("consent", "Recording what clients agree to and forbid, disclosing records accordingly, and accounting for it", [Consent, Duty]),
        ("session", "Giving care: sessions, messages, courses, notes, and safety during them", [Care, Consent]),
        ("feedback", "Measuring whether care helps, answering in time, and noticing danger", [Care, Vital]),
        ("audit", "Showing who did what with records, finding misuse and answering for it", [Duty])
    ];

    private static readonly (string Member, string Subject)[] Subjects =
    [
        ("clientId", "clients"), ("practitionerId", "practitioners"), ("proxyId", "people who decide for a client"),
        ("recipientId", "contacts of recipients"), ("participantId", "contacts of recipients"), ("userId", "staff"), ("supervisorId", "staff"),
        ("referralId", "people who were referred"), ("clientIds", "clients"), ("raisedBy", "staff")
    ];

    /// <summary>One for each service, from the contracts of this build.</summary>
    public static IReadOnlyList<ProcessingActivity> All { get; } = [.. Purposes.Select(p => Of(p.Service, p.Purpose, p.LegalBases))];

    private static ProcessingActivity Of(string service, string purpose, string[] bases)
    {
        var contracts = ContractTypes.All.Where(c => c.Key.StartsWith(service + ".", StringComparison.Ordinal)).OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        var members = contracts.SelectMany(c => c.Value.GetProperties()).Select(m => Named(m.Name)).ToHashSet(StringComparer.Ordinal);
        return new(service, purpose, bases,
            [.. Subjects.Where(s => members.Contains(s.Member)).Select(s => s.Subject).Distinct()],
            [.. Domain.RecordCategories.OwnerOf.Where(c => c.Value == service).Select(c => c.Key)],
            [
                .. contracts.Select(c => (c.Key, Members: c.Value.GetProperties().Where(m => m.IsDefined(typeof(SensitiveAttribute))).Select(m => Named(m.Name)).ToArray()))
                    .Where(c => c.Members.Length > 0).Select(c => $"{c.Key}: {string.Join(", ", c.Members)}")
            ]);
    }

    private static string Named(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
