namespace Clinic.Instruments;

/// <summary>A questionnaire that is answered again and again: what its answers look like and how they are judged.</summary>
/// <param name="Code">For ever.</param>
/// <param name="ItemCount">Answers in one response.</param>
/// <param name="MinAnswer">Least answer, in the unit of the items.</param>
/// <param name="MaxAnswer">Greatest answer.</param>
/// <param name="HigherIsWorse">Whether more points mean more trouble.</param>
/// <param name="Score">Answers, and whether the client is 13 to 17, to a score.</param>
/// <param name="Change">When a difference is reliable; null where none is published.</param>
/// <param name="IsCase">Whether a total is that of somebody who needs care; null where the instrument does not say.</param>
public sealed record OutcomeMeasure(
    string Code, int ItemCount, int MinAnswer, int MaxAnswer, bool HigherIsWorse, Func<IReadOnlyList<int?>, bool, InstrumentScore> Score,
    ChangeRule? Change, Func<int, bool, bool>? IsCase)
{
    /// <summary>Every measure that is known here. Only codes: the wording of licensed instruments is the clinic's to bring.</summary>
    public static IReadOnlyList<OutcomeMeasure> All { get; } =
    [
        new(Phq9.Code, Phq9.ItemCount, 0, Phq9.MaxAnswer, true, (items, _) => Phq9.Score(items), ChangeRule.Fixed(Phq9.Code, 6), (total, _) => total >= 10),
        new(Gad7.Code, Gad7.ItemCount, 0, Gad7.MaxAnswer, true, (items, _) => Gad7.Score(items), ChangeRule.Fixed(Gad7.Code, 4), (total, _) => total >= 8),
        new(Pcl5.Code, Pcl5.ItemCount, 0, Pcl5.MaxAnswer, true, (items, _) => Pcl5.Score(items), ChangeRule.Fixed(Pcl5.Code, 10), (total, _) => total >= Pcl5.CutOff),
        new(WaiSr.Code, WaiSr.ItemCount, WaiSr.MinAnswer, WaiSr.MaxAnswer, false, (items, _) => WaiSr.Score(items), null, null),
        new(Srs.Code, VisualLines.Count, 0, VisualLines.MaxTenths, false, (items, _) => Srs.Score(items), null, null),
        new(Ors.Code, VisualLines.Count, 0, VisualLines.MaxTenths, false, Ors.Score, ChangeRule.Fixed(Ors.Code, 50), (total, young) => total < Ors.CutOff(young))
    ];

    /// <summary>The measure with this code, or null.</summary>
    public static OutcomeMeasure? Find(string? code) => All.FirstOrDefault(measure => measure.Code == code);
}
