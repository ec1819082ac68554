using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Feedback.Domain;
using Clinic.Hosting.Access;

namespace Clinic.Feedback.Service;

/// <summary>Who may do what here. An answer that may raise an alert is taken even while nobody can say who treats whom.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<SubmitMeasure>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<AcknowledgeAlert>(Roles.Therapist, Roles.Supervisor).OnClientOf<AlertCase>(a => a.Raised.ClientId),
        Allow.Command<ResolveAlert>(Roles.Therapist, Roles.Supervisor).OnClientOf<AlertCase>(a => a.Raised.ClientId),

        Allow.Read("scores", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("alerts", Roles.Therapist, Roles.Supervisor, Roles.Auditor));
}
