using Clinic.Contracts.Intake;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service;

/// <summary>What is checked and attested about practitioners.</summary>
internal static partial class Handling
{
    public static Task<CommandAccepted> LapseLicence(CommandScope scope, LapseLicence command, CancellationToken ct) =>
        scope.Execute<LapseLicence, Practitioner>(command, new LapseLicenceValidator(), Practitioner.StreamId(command.PractitionerId),
            LapseLicenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SuspendLicence(CommandScope scope, SuspendLicence command, CancellationToken ct) =>
        scope.Execute<SuspendLicence, Practitioner>(command, new SuspendLicenceValidator(), Practitioner.StreamId(command.PractitionerId),
            SuspendLicenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReinstateLicence(CommandScope scope, ReinstateLicence command, CancellationToken ct) =>
        scope.Execute<ReinstateLicence, Practitioner>(command, new ReinstateLicenceValidator(), Practitioner.StreamId(command.PractitionerId),
            ReinstateLicenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AttestCompetence(CommandScope scope, AttestCompetence command, CancellationToken ct) =>
        scope.Execute<AttestCompetence, Practitioner>(command, new AttestCompetenceValidator(), Practitioner.StreamId(command.PractitionerId),
            AttestCompetenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ApprovePeer(CommandScope scope, ApprovePeer command, CancellationToken ct) =>
        scope.Execute<ApprovePeer, Practitioner>(command, new ApprovePeerValidator(), Practitioner.StreamId(command.PractitionerId),
            ApprovePeerAggregateHandler.Handle, ct);
}
