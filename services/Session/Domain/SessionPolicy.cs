using Clinic.Contracts.Intake;

namespace Clinic.Session.Domain;

/// <summary>
/// What a clinic decides for itself [P]; every value has a default. Bound from the configuration section <c>Session</c>.
/// </summary>
public sealed record SessionPolicy
{
    public static SessionPolicy Default { get; } = new();

    /// <summary>
    /// Least identity level per care category (SP 800-63A-4). A category without an entry asks what intake proposes for it.
    /// </summary>
    public IReadOnlyDictionary<string, string> IdentityLevels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a session needs the client's own check-in, or the practitioner's word at the start is enough.</summary>
    public bool CheckInRequired { get; init; }

    /// <summary>How long a client's check-in tells where they are; an older one counts as none.</summary>
    public TimeSpan CheckInValid { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Whether consent names every platform, or only those that collect data for advertising (S47).</summary>
    public bool ConsentToEveryPlatform { get; init; }

    /// <summary>Whether platforms without end-to-end encryption are refused (S50: where possible).</summary>
    public bool EndToEndEncryptionRequired { get; init; }

    /// <summary>Content whose acknowledgement the start gate asks for (S52); empty asks for any.</summary>
    public string SafetyContentId { get; init; } = "";

    /// <summary>Oldest version of that content that still counts as current.</summary>
    public int SafetyContentVersion { get; init; } = 1;

    /// <summary>How long after the planned start somebody may still come.</summary>
    public TimeSpan NoShowGrace { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the parties of an interrupted session have to reconnect.</summary>
    public TimeSpan ReconnectWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the fallback channel is tried before the session ends as incomplete.</summary>
    public TimeSpan FallbackWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When somebody must have asked how a client at risk is, after they were lost from sight.</summary>
    public TimeSpan WelfareCheckWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a thread may be silent before that is recorded as a gap (S16).</summary>
    public TimeSpan GapAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What a client is told to expect where a thread says nothing else: two working days.</summary>
    public int ReplyWithinHours { get; init; } = 48;

    public string RequiredIdentity(string category) =>
        IdentityLevels.TryGetValue(category, out var level)
            ? level
            : Contracts.Intake.IdentityLevels.DefaultFor(category);
}
