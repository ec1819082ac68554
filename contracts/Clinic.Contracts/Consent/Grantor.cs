namespace Clinic.Contracts.Consent;

/// <summary>Who gives the consent. Source: 45 CFR 164.508(c)(1)(vi).</summary>
/// <param name="Id">Pseudonymous id of the person who signs.</param>
/// <param name="Relation"><c>self</c> or <c>proxy</c>.</param>
public sealed record Grantor(string Id, string Relation)
{
    public const string Self = "self";
    public const string Proxy = "proxy";
}
