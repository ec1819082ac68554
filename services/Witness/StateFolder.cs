using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Clinic.Proof;

namespace Clinic.Witness;

/// <summary>One file for each log: the last checkpoint cosigned. Forgetting one would let a log begin again, so a write is on the disk before it counts.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly string folder;
    private readonly FileStream mine;

    /// <exception cref="InvalidOperationException">Another process has the folder: two that do not know of each other would cosign two histories.</exception>
    public StateFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        try
        {
            // until the process ends, however it ends
            mine = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"another witness works in {folder}: end it first");
        }
    }

    /// <summary>How a log's file, and its address, is named: SHA-256 of the origin, lower-case hex.</summary>
    public static string LogId(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <returns>Null when nothing was cosigned for it yet.</returns>
    public SignedNote? Read(string logId) => File.Exists(PathOf(logId)) ? SignedNote.Parse(File.ReadAllText(PathOf(logId))) : null;

    /// <summary>Written beside, flushed, renamed, and the folder flushed: after a power cut the old one or the new one is there, whole.</summary>
    public void Write(string logId, SignedNote note)
    {
        var beside = PathOf(logId) + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(note.ToString()));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, PathOf(logId), overwrite: true);
        Flush(folder);
    }

    public void Dispose() => mine.Dispose();

    private string PathOf(string logId) => Path.Combine(folder, logId + ".note");

    // the base class library opens no folders
    private static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened");
        var flushed = Fsync(descriptor);
        _ = Close(descriptor);
        if (flushed != 0) throw new IOException($"{folder} cannot be flushed");
    }

#pragma warning disable SYSLIB1054 // the generated form needs unsafe code
    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
