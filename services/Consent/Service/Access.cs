using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Hosting.Access;

namespace Clinic.Consent.Service;

/// <summary>
/// Who may do what here. A recipient is not related to the client: whether it may ask and fetch is the directive's matter, and
/// somebody else's disclosure looks like none to it.
/// </summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<ProposeConsent>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<GrantConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<RefuseConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<WithdrawConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<RegisterRecipient>(Roles.Operator),
        Allow.Command<RequestDisclosure>(Roles.ClinicSystem),
        Allow.Command<AcknowledgeDisclosure>(Roles.ClinicSystem),
        Allow.Route("release-disclosure", Roles.ClinicSystem).StepUp(),

        Allow.Read("consents", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("accounting", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor));
}
