namespace Clinic.Contracts;

/// <summary>Who acts: taken from the access token or the broker-validated sender, never from a command's body.</summary>
/// <param name="Id">Stable, pseudonymous id of the person or system. Stored for ever, so never a name or an e-mail.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Tenant">The clinic in whose records the actor works.</param>
/// <param name="OnBehalfOf">Whose act a clinic system or a reaction passes on, where it is not its own.</param>
/// <param name="Assurance">How the actor has logged in: the token's <c>acr</c>; null for who has not.</param>
public sealed record Actor(string Id, string Role, string Tenant, string? OnBehalfOf = null, string? Assurance = null);

/// <summary>What an actor may be.</summary>
public static class Roles
{
    public const string Client = "client";
    public const string PeerSupporter = "peer-supporter";
    public const string Therapist = "therapist";
    public const string Supervisor = "supervisor";
    public const string ClinicSystem = "clinic-system";
    public const string Auditor = "auditor";
    public const string Operator = "operator";

    /// <summary>One of this installation's own services, reacting to another's event.</summary>
    public const string Service = "service";
}
