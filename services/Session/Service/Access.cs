using Clinic.Contracts;
using Clinic.Contracts.Session;
using Clinic.Hosting.Access;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

/// <summary>Who may do what here. A peer supporter acts on the sessions that are theirs; anybody may always stop one.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<BookSession>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<StartSession>(Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor).OnClientOf<TherapySession>(s => s.ClientId, s => s.PractitionerId),
        Allow.Command<EndSession>(Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor).OnClientOf<TherapySession>(s => s.ClientId, s => s.PractitionerId),
        Allow.Command<CancelSession>(Roles.Client, Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor, Roles.ClinicSystem)
            .OnClientOf<TherapySession>(s => s.ClientId, s => s.PractitionerId).EvenWhenStale(),
        Allow.Command<StopSession>(Roles.Client, Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor, Roles.ClinicSystem)
            .OnClientOf<TherapySession>(s => s.ClientId, s => s.PractitionerId).EvenWhenStale(),

        Allow.Read("sessions", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Released("released-attendance"));
}
