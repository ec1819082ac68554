namespace Clinic.Instruments;

/// <summary>
/// Session Rating Scale, filled in at the end of a session: four lines of ten centimetres, measured in tenths (0 to 100 each);
/// total 0 to 400 tenths. Below 36.0 the alliance is worth talking about.
/// </summary>
public static class Srs
{
    public const string Code = "srs";

    /// <summary>Changes whenever the same answers could score otherwise; 1 told of each line beside the total.</summary>
    public const string ScorerVersion = "srs/2";

    public const string Discuss = "discuss";
    public const string NoConcern = "no-concern";

    /// <summary>36.0.</summary>
    public const int CutOffTenths = 360;

    /// <summary>Scores four marks in tenths; a line without a mark leaves no total.</summary>
    /// <exception cref="ArgumentException">Not four marks, or one outside 0 to 100.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items) =>
        VisualLines.Score(items, ScorerVersion, total => total < CutOffTenths ? Discuss : NoConcern);
}
