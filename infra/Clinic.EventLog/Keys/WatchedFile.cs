namespace Clinic.EventLog.Keys;

/// <summary>What a small file says, read again when it has changed. A file that is being replaced, or cannot be read, leaves what was known.</summary>
public sealed class WatchedFile<T>(string path, Func<string, T> parse) where T : class
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private T? known;
    private DateTime written;
    private long looked;

    /// <summary>What it says, at most two seconds old.</summary>
    /// <exception cref="IOException">It could not be read the first time.</exception>
    /// <exception cref="FormatException">It said something else the first time.</exception>
    public T Value
    {
        get
        {
            lock (gate)
            {
                if (known is not null && Environment.TickCount64 - looked < Between.TotalMilliseconds) return known;
                looked = Environment.TickCount64;
                try
                {
                    var at = File.GetLastWriteTimeUtc(path);
                    if (known is null || at != written) (known, written) = (parse(File.ReadAllText(path)), at);
                }
                catch (Exception e) when (known is not null && e is IOException or UnauthorizedAccessException or FormatException)
                {
                    // what worked a moment ago works on
                }
                return known!;
            }
        }
    }
}
