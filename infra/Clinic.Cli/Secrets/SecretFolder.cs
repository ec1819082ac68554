using System.Security.Cryptography;

namespace Clinic.Cli.Secrets;

/// <summary>A folder of one-value files that are created once. Holds a lock, so that two runs cannot both create.</summary>
public sealed class SecretFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly string directory;
    private readonly FileStream lockFile;
    private readonly List<string> created = [];

    private SecretFolder(string directory, FileStream lockFile) => (this.directory, this.lockFile) = (directory, lockFile);

    /// <summary>Names of the files this run created.</summary>
    public IReadOnlyList<string> Created => created;

    public static SecretFolder Open(string directory)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, OwnerOnly | UnixFileMode.UserExecute);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var options = new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = OwnerOnly,
                };
                return new SecretFolder(directory, new FileStream(Path.Combine(directory, ".lock"), options));
            }
            catch (IOException) when (attempt < 100 && Directory.Exists(directory))
            {
                Thread.Sleep(100);
            }
        }
    }

    public bool Has(string name) => File.Exists(Path.Combine(directory, name));

    /// <summary>What follows the prefix in the names of the files that begin with it.</summary>
    public IEnumerable<string> Names(string prefix) =>
        Directory.EnumerateFiles(directory, prefix + "*").Select(path => Path.GetFileName(path)[prefix.Length..]).Order(StringComparer.Ordinal);

    public string Read(string name)
    {
        var value = File.ReadAllText(Path.Combine(directory, name)).Trim();
        return value.Length > 0 ? value : throw new IOException($"{Path.Combine(directory, name)} is empty");
    }

    /// <summary>The file's value, made first when it is missing.</summary>
    public string Once(string name, Func<string> make)
    {
        if (!Has(name)) Write(name, make(), OwnerOnly);
        return Read(name);
    }

    /// <summary>32 letters and digits (190 bits): safe in URLs, connection strings and shells without quoting.</summary>
    public string Password(string name) => Once(name, () => RandomNumberGenerator.GetString(Alphanumeric, 32));

    public void OncePublic(string name, Func<string> make)
    {
        if (!Has(name)) Write(name, make(), Readable);
    }

    /// <summary>A file that follows from others; written again when it differs.</summary>
    public void Derived(string name, string content)
    {
        if (!Has(name) || File.ReadAllText(Path.Combine(directory, name)) != content) Write(name, content, OwnerOnly);
    }

    /// <summary>A secret whose time is over gives way to the next.</summary>
    /// <param name="open">For public keys.</param>
    public void Replace(string name, string content, bool open = false) => Write(name, content, open ? Readable : OwnerOnly);

    public void Delete(string name) => File.Delete(Path.Combine(directory, name));

    // a crash must not leave half a key behind: write beside, then rename
    private void Write(string name, string content, UnixFileMode mode)
    {
        var path = Path.Combine(directory, name);
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        using (var writer = new StreamWriter(beside, options)) writer.Write(content);
        // the creation mode is cut by the umask
        File.SetUnixFileMode(beside, mode);
        File.Move(beside, path, overwrite: true);
        created.Add(name);
    }

    public void Dispose() => lockFile.Dispose();
}
