namespace Clinic.Contracts.Consent;

/// <summary>
/// Purposes a disclosure may have: HL7 v3 ActReason codes. Compared for equality only; HL7's hierarchy makes
/// break-glass (BTG) a kind of treatment, and following it would let a treatment consent break the glass.
/// </summary>
public static class PurposesOfUse
{
    /// <summary>Every purpose.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        "TREAT", "ETREAT", "BTG", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "FAMRQT", "PWATRNY", "SUPNWK", "HLEGAL",
        "PATSFTY", "HTEST"
    ];
}

/// <summary>Sensitivity labels: HL7 v3 ActCode.</summary>
public static class SensitivityLabels
{
    /// <summary>Every label.</summary>
    public static IReadOnlyCollection<string> All { get; } = ["PSY", "PSYTHPN", "MH", "BH", "SUD", "ETH", "SDV", "HIV"];
}
