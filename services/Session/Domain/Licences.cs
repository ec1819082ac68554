using Clinic.Contracts;

namespace Clinic.Session.Domain;

/// <summary>What intake said of one licence. Sequence is the producer's.</summary>
/// <param name="Status">One of the constants.</param>
/// <param name="EffectiveAt">Since when: may lie before it was learnt (T37).</param>
/// <param name="Compact">Further jurisdictions an interstate compact opens.</param>
public sealed record LicenceNoted(
    string PractitionerId, string Jurisdiction, string Status, DateTimeOffset EffectiveAt, string Producer,
    long Sequence, DateTimeOffset? ExpiresAt = null, string[]? Compact = null)
{
    public const string Verified = "verified";
    public const string Lapsed = "lapsed";
    public const string Suspended = "suspended";
    public const string Reinstated = "reinstated";
}

/// <summary>One licence as it is known here.</summary>
public sealed record KnownLicence(
    string Jurisdiction, string[] Compact, DateTimeOffset ExpiresAt, long Sequence, LicenceInterruption[] Interruptions)
{
    /// <summary>
    /// Since when it does not hold, by whichever lapse or suspension began first; reinstated, since when it did not last time.
    /// </summary>
    public DateTimeOffset? EndedAt =>
        Interruptions.Where(i => i.Until is null).Select(i => (DateTimeOffset?)i.From).Min()
        ?? Interruptions.LastOrDefault()?.From;

    public bool Holds(DateTimeOffset at) => at < ExpiresAt && !Array.Exists(Interruptions, i => i.Covers(at));
}

/// <summary>
/// When a licence did not hold. Lapse and suspension are kept apart, as intake keeps them: a lapse that begins later must
/// not make the licence hold until then.
/// </summary>
/// <param name="Kind"><see cref="LicenceNoted.Lapsed"/> or <see cref="LicenceNoted.Suspended"/>.</param>
/// <param name="Until">First instant at which it held again; null while it does not.</param>
public sealed record LicenceInterruption(string Kind, DateTimeOffset From, DateTimeOffset? Until = null)
{
    public bool Covers(DateTimeOffset at) => From <= at && !(Until <= at);
}

/// <summary>A practitioner's licences: this service's copy of intake's public facts.</summary>
public sealed record Licences(string Id, string PractitionerId, KnownLicence[] Known)
{
    public long Version { get; init; }

    public static string StreamId(string practitionerId) => $"licences-{practitionerId}";

    /// <summary>A licence that covers a place at an instant: its country, or that part of it.</summary>
    public KnownLicence? Covering(string jurisdiction, DateTimeOffset at) =>
        Array.Find(Known, l => l.Holds(at) && l.Compact.Append(l.Jurisdiction).Any(of => Covers(of, jurisdiction)));

    /// <summary>Whether any licence holds.</summary>
    public bool Any(DateTimeOffset at) => Array.Exists(Known, l => l.Holds(at));

    public static Licences Create(LicenceNoted e) =>
        new Licences(StreamId(e.PractitionerId), e.PractitionerId, []).Apply(e);

    public Licences Apply(LicenceNoted e)
    {
        var known = Array.Find(Known, l => l.Jurisdiction == e.Jurisdiction)
            ?? new KnownLicence(e.Jurisdiction, [], DateTimeOffset.MinValue, 0, []);
        var now = e.Status switch
        {
            // A look-up does not end a suspension; only a reinstatement does.
            LicenceNoted.Verified => known with { ExpiresAt = e.ExpiresAt ?? known.ExpiresAt, Compact = e.Compact ?? [] },
            LicenceNoted.Reinstated => known with
            {
                Interruptions = [.. known.Interruptions.Select(i => i.Until is null ? i with { Until = e.EffectiveAt } : i)]
            },
            // learnt to have begun at another instant: the open one of its kind moves
            _ => known with
            {
                Interruptions =
                [
                    .. known.Interruptions.Where(i => i.Until is not null || i.Kind != e.Status),
                    new LicenceInterruption(e.Status, e.EffectiveAt)
                ]
            }
        };
        return this with
        {
            Known =
            [
                .. Known.Where(l => l.Jurisdiction != e.Jurisdiction).Append(now with { Sequence = e.Sequence })
                    .OrderBy(l => l.Jurisdiction, StringComparer.Ordinal)
            ]
        };
    }

    // GB covers GB-SCT; US-CA does not cover US, nor US-NV.
    private static bool Covers(string licensed, string place) =>
        place == licensed || place.StartsWith(licensed + "-", StringComparison.Ordinal);
}

/// <summary>Internal: a reaction's words for intake's licence events.</summary>
public sealed record NoteLicence(
    string PractitionerId, string Jurisdiction, string Status, DateTimeOffset EffectiveAt, string Producer,
    long Sequence, DateTimeOffset? ExpiresAt = null, string[]? Compact = null);

public static class NoteLicenceAggregateHandler
{
    public static object[] Handle(NoteLicence command, Licences? state, Actor by, DateTimeOffset now) =>
        state is not null && Array.Exists(state.Known, l => l.Sequence >= command.Sequence)
            ? []
            :
            [
                new LicenceNoted(
                    command.PractitionerId, command.Jurisdiction, command.Status, command.EffectiveAt,
                    command.Producer, command.Sequence, command.ExpiresAt, command.Compact)
            ];
}
