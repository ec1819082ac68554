using Clinic.Contracts;
using Clinic.Hosting.Access;

namespace Clinic.Audit;

/// <summary>Who may look at the trail. The look is in it, too.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Read("trail", Roles.Auditor, Roles.Supervisor));
}
