using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Reactions;

/// <summary>Intake's decisions that the start gate asks about.</summary>
internal static class WhenIntakeDecides
{
    public static Task Suitability(SuitabilityDecided e, Reaction reaction, CancellationToken ct) => Handling.NoteSuitability(Scope(reaction),
        new NoteSuitability(e.ClientId, e.Decision, e.Category, e.Modalities, e.ReviewBy, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task EmergencyPlan(EmergencyPlanRecorded e, Reaction reaction, CancellationToken ct) => Handling.NoteEmergencyPlan(Scope(reaction),
        new NoteEmergencyPlan(e.ClientId, e.ReviewBy, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Crisis(CrisisActivated e, Reaction reaction, CancellationToken ct) => Handling.NoteCrisis(Scope(reaction),
        new NoteCrisis(e.ClientId, Open: true, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task CrisisOver(CrisisClosed e, Reaction reaction, CancellationToken ct) => Handling.NoteCrisis(Scope(reaction),
        new NoteCrisis(e.ClientId, Open: false, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Risk(RiskTriaged e, Reaction reaction, CancellationToken ct) => Handling.NoteRisk(Scope(reaction),
        new NoteRisk(e.ClientId, e.Tier, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Identity(IdentityProofed e, Reaction reaction, CancellationToken ct) => Handling.NoteIdentity(Scope(reaction),
        new NoteIdentity(e.ClientId, e.Level, e.ExpiresAt, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Education(SafetyEducationAcknowledged e, Reaction reaction, CancellationToken ct) => Handling.NoteSafetyEducation(Scope(reaction),
        new NoteSafetyEducation(e.ClientId, e.ContentId, e.Version, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Linked(ClientsLinked e, Reaction reaction, CancellationToken ct) => Link(e.Survivor, e.Duplicate, true, reaction, ct);

    public static Task Unlinked(ClientsUnlinked e, Reaction reaction, CancellationToken ct) => Link(e.Survivor, e.Duplicate, false, reaction, ct);

    public static Task Licence(LicenceVerified e, Reaction reaction, CancellationToken ct) => Handling.NoteLicence(Scope(reaction),
        new NoteLicence(e.PractitionerId, e.Jurisdiction, LicenceNoted.Verified, e.CheckedAt, reaction.Producer, reaction.Message.Sequence, e.ExpiresAt,
            e.Compact?.Jurisdictions), ct);

    public static Task Lapsed(LicenceLapsed e, Reaction reaction, CancellationToken ct) =>
        Licence(e.PractitionerId, e.Jurisdiction, LicenceNoted.Lapsed, e.EffectiveAt, reaction, ct);

    public static Task Suspended(LicenceSuspended e, Reaction reaction, CancellationToken ct) =>
        Licence(e.PractitionerId, e.Jurisdiction, LicenceNoted.Suspended, e.EffectiveAt, reaction, ct);

    public static Task Reinstated(LicenceReinstated e, Reaction reaction, CancellationToken ct) =>
        Licence(e.PractitionerId, e.Jurisdiction, LicenceNoted.Reinstated, e.EffectiveAt, reaction, ct);

    private static Task Link(string survivor, string duplicate, bool linked, Reaction reaction, CancellationToken ct) => Handling.NoteClientLink(Scope(reaction),
        new NoteClientLink(survivor, duplicate, linked, reaction.Producer, reaction.Message.Sequence), ct);

    private static Task Licence(string practitionerId, string jurisdiction, string status, DateTimeOffset effectiveAt, Reaction reaction, CancellationToken ct) =>
        Handling.NoteLicence(Scope(reaction),
            new NoteLicence(practitionerId, jurisdiction, status, effectiveAt, reaction.Producer, reaction.Message.Sequence), ct);

    private static CommandScope Scope(Reaction reaction) => reaction.Scope(Handling.Service, TimeProvider.System);
}
