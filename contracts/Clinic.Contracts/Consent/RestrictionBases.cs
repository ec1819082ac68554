namespace Clinic.Contracts.Consent;

/// <summary>Bases of a decision on a restriction that a rule knows; a clinic has others.</summary>
public static class RestrictionBases
{
    /// <summary>The client has paid in full, so the payer is told nothing: agreed by law and not the clinic's to end (45 CFR 164.522(a)(1)(vi)).</summary>
    public const string PaidInFull = "paid-in-full";
}
