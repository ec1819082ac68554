using Clinic.Contracts.Audit;

namespace Clinic.Audit.Domain;

/// <summary>Something that should not have happened, from its discovery until nothing is left to be done.</summary>
/// <param name="Notices">Laws under which it must be told and was not yet, with their terms.</param>
/// <param name="Overdue">Regimes whose term has passed, on record.</param>
public sealed record Incident(string Id, SecurityIncidentRaised Raised, BreachAssessed? Assessment, NoticeDue[] Notices, string[] Overdue, bool Closed)
{
    public long Version { get; init; }

    public static string StreamId(string incidentId) => "incident-" + incidentId;

    public static Incident Create(SecurityIncidentRaised e) => new(e.IncidentId, e, null, [], [], false);

    /// <summary>A second assessment replaces the first; what was told stays told.</summary>
    public Incident Apply(BreachAssessed e) => this with { Assessment = e, Notices = [.. e.Notices.Where(n => !Told.Contains(n.Regime))] };

    public Incident Apply(BreachNoticeGiven e) => this with { Notices = [.. Notices.Where(n => n.Regime != e.Regime)], Told = [.. Told, e.Regime] };

    public Incident Apply(BreachNoticeOverdue e) => this with { Overdue = [.. Overdue, e.Regime] };

    public Incident Apply(IncidentClosed e) => this with { Closed = true };

    /// <summary>Regimes whose notice was given.</summary>
    public string[] Told { get; init; } = [];
}
