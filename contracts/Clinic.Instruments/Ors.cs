namespace Clinic.Instruments;

/// <summary>
/// Outcome Rating Scale, filled in at the beginning of a session: four lines of ten centimetres, measured in tenths (0 to 100
/// each); total 0 to 400 tenths, more is better. Below the cut-off, 25.0 for adults and 28.0 from 13 to 17, people are like those
/// who seek help.
/// </summary>
public static class Ors
{
    public const string Code = "ors";

    /// <summary>Changes whenever the same answers could score otherwise; 1 told of each line beside the total.</summary>
    public const string ScorerVersion = "ors/2";

    public const string Clinical = "clinical";
    public const string NonClinical = "non-clinical";

    /// <summary>25.0.</summary>
    public const int AdultCutOffTenths = 250;

    /// <summary>28.0.</summary>
    public const int AdolescentCutOffTenths = 280;

    /// <summary>Scores four marks in tenths; a line without a mark leaves no total.</summary>
    /// <param name="items">The marks, in the form's order.</param>
    /// <param name="adolescent">Whether the client is 13 to 17.</param>
    /// <exception cref="ArgumentException">Not four marks, or one outside 0 to 100.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items, bool adolescent = false) =>
        VisualLines.Score(items, ScorerVersion, total => total < CutOff(adolescent) ? Clinical : NonClinical);

    /// <summary>The first total, in tenths, that is not clinical.</summary>
    public static int CutOff(bool adolescent) => adolescent ? AdolescentCutOffTenths : AdultCutOffTenths;
}
