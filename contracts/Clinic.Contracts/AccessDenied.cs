namespace Clinic.Contracts;

/// <summary>
/// Somebody known was refused something: a role without the operation, somebody else's record, a login too weak or too old. Kept
/// in a stream per person and day, at most <see cref="MostADay"/> of them, and published as it is. Source: ISO 27789; 45 CFR 164.308(a)(5)(ii)(C).
/// </summary>
/// <param name="Who">The actor who was refused.</param>
/// <param name="Role">In which role.</param>
/// <param name="Operation">Name of the route, or of the command's contract.</param>
/// <param name="ReasonCode"><c>role_not_permitted</c>, <c>not_related</c> or <c>insufficient_user_authentication</c>.</param>
/// <param name="ClientId">Whose record it would have been, as the caller named it; there need be no such client. Null where none was named.</param>
[Contract("access.denied.v1")]
public sealed record AccessDenied(string Who, string Role, string Operation, string ReasonCode, string? ClientId = null)
{
    public const string RoleNotPermitted = "role_not_permitted";
    public const string NotRelated = "not_related";
    public const string WeakLogin = "insufficient_user_authentication";

    /// <summary>A day's further denials of one person are only logged: nobody fills the record by being refused.</summary>
    public const int MostADay = 100;
}
