namespace Clinic.SystemTests.Running;

/// <summary>Who calls over HTTP: by the id the clinic knows them by.</summary>
public sealed record Person(string Id, string Role, string Tenant = Person.North)
{
    public const string North = "north";
    public const string South = "south";

    /// <summary>As who they log in. People have a subject of their own at the authority, and are linked to their id here.</summary>
    public string Subject => IsLinked ? "idp|" + Id : Id;

    /// <summary>Whether somebody must first say who this is.</summary>
    public bool IsLinked => Role is "client" or "peer-supporter" or "therapist" or "supervisor";

    public static Person Auditor(string tenant = North) => new("aud-1", "auditor", tenant);

    public static Person Operator(string tenant = North) => new("op-1", "operator", tenant);

    public static Person Supervisor(string tenant = North) => new("sup-1", "supervisor", tenant);

    public static Person Therapist(string id, string tenant = North) => new(id, "therapist", tenant);

    /// <summary>A clinic system, with the name the broker knows it by.</summary>
    public static Person System(string busUser) => new(busUser, "clinic-system", busUser.Split('.')[0]);
}
