using Clinic.Instruments;

namespace Clinic.Feedback.Domain;

/// <summary>
/// What a clinic may set for itself. The defaults are proposals for its safety owner to confirm (docs/clinical-assumptions.md).
/// </summary>
public sealed record FeedbackPolicy
{
    /// <summary>IANA name: where the clinic's working day is, and the client's day while nobody has said otherwise.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Days beside Saturday and Sunday on which nobody works.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>When the working day ends, by the clinic's clock.</summary>
    public TimeOnly WorkingDayEnds { get; init; } = new(17, 0);

    /// <summary>A serious answer must have been acted on within this.</summary>
    public TimeSpan UrgentAlert { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A less serious one, when there is no working day left to be the same.</summary>
    public TimeSpan OutOfHoursAlert { get; init; } = TimeSpan.FromHours(8);

    /// <summary>From one step of the chain to the next.</summary>
    public TimeSpan EscalationStep { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Length of the chain.</summary>
    public int EscalationLevels { get; init; } = 3;

    /// <summary>The end of the chain is told again after so long, until somebody takes the alert on.</summary>
    public TimeSpan EscalationRepeat { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Within how many working days a person's answer is promised.</summary>
    public int ResponseWorkingDays { get; init; } = 2;

    /// <summary>Working days after an overdue answer until it goes to a supervisor.</summary>
    public int ResponseEscalationDays { get; init; } = 1;

    /// <summary>Within how many working days somebody looks at a deterioration, an alliance alert or a request for supervision.</summary>
    public int ReviewWorkingDays { get; init; } = 3;

    /// <summary>A fall of the WAI-SR total by so much needs a look.</summary>
    public int AllianceDrop { get; init; } = 8;

    /// <summary>From this tailoring on, feedback that a rule set made waits for a human.</summary>
    public int ReviewedTailoring { get; init; } = 3;

    /// <summary>Hours ahead in which somebody must be on call, else health says so.</summary>
    public int RosterHorizonHours { get; init; } = 24;

    /// <summary>By instrument, where the clinic's own figures replace the published threshold.</summary>
    public IReadOnlyDictionary<string, ChangeRule> ChangeRules { get; init; } = new Dictionary<string, ChangeRule>();

    /// <summary>Until when somebody looks at what is known now.</summary>
    internal DateTimeOffset ReviewDue(DateTimeOffset now) => WorkingTime.After(now, ReviewWorkingDays, TimeZone, Holidays);

    /// <summary>How a difference of this instrument is judged; null where nothing is known of its noise.</summary>
    internal ChangeRule? ChangeOf(OutcomeMeasure measure) => ChangeRules.GetValueOrDefault(measure.Code) ?? measure.Change;
}
