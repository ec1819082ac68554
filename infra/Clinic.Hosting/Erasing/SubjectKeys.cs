using Clinic.Contracts;

namespace Clinic.Hosting.Erasing;

/// <summary>This service was asked to destroy keys: recorded before the first one dies.</summary>
/// <param name="Subjects">Whose, as <see cref="Subjects.Of"/> names them.</param>
/// <param name="DataClasses">Which classes; <c>*</c> is every one.</param>
public sealed record KeysErasing(string ClientId, string ErasureId, string[] Subjects, string[] DataClasses);

/// <summary>What became of one client's keys in this service.</summary>
/// <param name="Open">Erasures that are recorded and not done yet.</param>
/// <param name="Done">Ids of those that are.</param>
public sealed record SubjectKeys(string Id, string ClientId, KeysErasing[] Open, string[] Done)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => "keys-" + clientId;

    public static SubjectKeys Create(KeysErasing e) => new SubjectKeys(StreamId(e.ClientId), e.ClientId, [], []).Apply(e);

    public SubjectKeys Apply(KeysErasing e) => this with { Open = [.. Open, e] };

    public SubjectKeys Apply(KeysDestroyed e) => this with
    {
        Open = [.. Open.Where(erasing => erasing.ErasureId != e.ErasureId)],
        Done = [.. Done, e.ErasureId]
    };
}
