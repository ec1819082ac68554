namespace Clinic.Tests.Contracts;

/// <summary>Files of the repository, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Golden(params string[] parts) => Path(["tests", "Contracts", "golden", .. parts]);

    /// <summary>UPDATE_GOLDEN=1 adds files that are missing. Nothing rewrites one that is there.</summary>
    public static bool MayAddGolden => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj")).Select(file => System.IO.Path.GetRelativePath(Root, file));

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Microservices.sln")) ? folder : Find(Directory.GetParent(folder)!.FullName);
}
