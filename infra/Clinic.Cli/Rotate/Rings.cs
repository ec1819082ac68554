using System.Security.Cryptography;
using Clinic.Cli.Secrets;
using Clinic.EventLog.Keys;

namespace Clinic.Cli.Rotate;

/// <summary>Key rings (<c>kek-SERVICE</c>, <c>mac-key-SERVICE</c>): the first line is used, all are accepted.</summary>
internal static class Rings
{
    /// <summary>A further key that everybody learns to accept before anybody uses it. One that waits already is enough.</summary>
    public static string Add(SecretFolder folder, string file)
    {
        var ring = Read(folder, file);
        if (Waiting(ring) is { } waiting) return $"{file}: {waiting.Id} is there already";
        var id = "k" + (ring.All.Max(key => Number(key.Id)) + 1);
        folder.Replace(file, new KeyRing([.. ring.All, new NamedKey(id, RandomNumberGenerator.GetBytes(32))]).ToString());
        return $"{file}: {id} added, {ring.Current.Id} stays in use";
    }

    public static string Use(SecretFolder folder, string file)
    {
        var ring = Read(folder, file);
        if (Waiting(ring) is not { } next) return $"{file}: {ring.Current.Id} is the newest and in use";
        folder.Replace(file, new KeyRing([next, .. ring.All.Where(key => key != next)]).ToString());
        return $"{file}: {next.Id} is in use, {ring.Current.Id} stays accepted";
    }

    public static string Retire(SecretFolder folder, string file)
    {
        var ring = Read(folder, file);
        folder.Replace(file, new KeyRing(ring.Current).ToString());
        return $"{file}: only {ring.Current.Id} is left";
    }

    public static KeyRing Read(SecretFolder folder, string file) => KeyRing.Parse(folder.Read(file), folder.Read("mac-key-id"));

    private static NamedKey? Waiting(KeyRing ring) => ring.All.MaxBy(key => Number(key.Id)) is var newest && newest != ring.Current ? newest : null;

    private static int Number(string id) => int.TryParse(id.AsSpan(1), out var number) ? number : 0;
}
