using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.Contracts;

namespace Clinic.Consent.Service.Register;

/// <summary>The record of processing activities of one clinic, as it is today: GDPR Art. 30(1).</summary>
/// <param name="Recipients">To whom records may go or went: Art. 30(1)(d).</param>
/// <param name="Transfers">Those of them abroad: Art. 30(1)(e).</param>
/// <param name="TimeLimits">Art. 30(1)(f).</param>
/// <param name="Missing">What the clinic has still to say.</param>
internal sealed record ProcessingRegister(
    string Clinic, DateTimeOffset At, Controller Controller, IReadOnlyList<ProcessingActivity> Activities, IReadOnlyList<RegisteredRecipient> Recipients,
    IReadOnlyList<Transfer> Transfers, IReadOnlyList<TimeLimit> TimeLimits, IReadOnlyList<string> SecurityMeasures, IReadOnlyList<string> Missing)
{
    private static readonly HashSet<string> EuropeanEconomicArea =
    [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES",
        "SE", "IS", "LI", "NO"
    ];

    public static ProcessingRegister Of(
        string tenant, DateTimeOffset at, Controller? controller, IReadOnlyList<RegisteredRecipient> recipients, RetentionTerms? retention)
    {
        var clinic = controller ?? new Controller();
        Transfer[] transfers =
            [.. recipients.Where(r => r.Country is { } country && IsTransfer(clinic.Country, country)).Select(r => new Transfer(r.RecipientId, r.Name, r.Country!, r.Safeguard))];
        return new(tenant, at, clinic, ProcessingActivity.All, recipients, transfers,
            [.. DataClasses.All.Select(c => new TimeLimit(c, Array.Find(retention?.Classes ?? [], t => t.DataClass == c)?.KeepDays))],
            Domain.SecurityMeasures.All,
            [
                .. Unsaid(("controller's name", clinic.Name), ("controller's contact", clinic.Contact), ("controller's country", clinic.Country)),
                .. recipients.Where(r => r.Country is null).Select(r => $"country of {r.RecipientId}"),
                .. transfers.Where(t => t.Safeguard is null).Select(t => $"safeguard for {t.RecipientId} in {t.Country}"),
                .. DataClasses.All.Where(c => retention?.Classes.Any(t => t.DataClass == c) is not true).Select(c => $"time limit of {c}")
            ]);
    }

    private static bool IsTransfer(string? from, string to) =>
        from != to && !(from is not null && EuropeanEconomicArea.Contains(from) && EuropeanEconomicArea.Contains(to));

    private static IEnumerable<string> Unsaid(params (string What, string? Said)[] members) => members.Where(m => string.IsNullOrWhiteSpace(m.Said)).Select(m => m.What);
}

/// <summary>Somebody records may go to.</summary>
/// <param name="Went">What has gone there: purpose, basis, how often, when last.</param>
internal sealed record RegisteredRecipient(
    string RecipientId, string Name, string? Country, string? Safeguard, bool Intermediary, int Participants, IReadOnlyList<Disclosed> Went);

/// <summary>Disclosures to one recipient for one purpose on one basis.</summary>
internal sealed record Disclosed(string Purpose, string LegalBasis, long Times, DateTimeOffset Last);

/// <summary>A recipient in another country; under Art. 49(1) the safeguard is written down as well.</summary>
internal sealed record Transfer(string RecipientId, string Name, string Country, string? Safeguard);

/// <param name="KeepDays">Days after intake last recorded something about the client; null: until it is erased on request.</param>
internal sealed record TimeLimit(string DataClass, int? KeepDays);
