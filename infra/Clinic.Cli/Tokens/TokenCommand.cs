using System.CommandLine;

namespace Clinic.Cli.Tokens;

/// <summary><c>clinic token</c>: who is calling, for development only.</summary>
public static class TokenCommand
{
    public static Command Build()
    {
        var subject = new Option<string>("--sub") { Description = "Who: a person's id, for example ther-1.", Required = true };
        var role = new Option<string>("--role") { Description = "Role, for example therapist.", Required = true };
        var tenant = new Option<string>("--tenant") { Description = "Tenant, for example north.", Required = true };
        var minutes = new Option<int>("--minutes")
        {
            Description = "How long the token is valid (1 to 1440).",
            DefaultValueFactory = _ => 60,
        };
        minutes.Validators.Add(result =>
        {
            // a value that is no number is reported by the parser itself
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value is < 1 or > 1440)
                result.AddError("--minutes: 1 to 1440");
        });
        var secrets = new Option<DirectoryInfo>("--secrets") { Description = "Folder of the secrets; default $Clinic__SecretsDir." };

        var command = new Command("token", """
            Prints an ES256 bearer token signed with the development key token-signing.pem.

            Exit codes: 0 done, 1 the key cannot be read, 2 wrong usage, 3 ASPNETCORE_ENVIRONMENT is not Development.
            """) { subject, role, tenant, minutes, secrets };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            var folder = parsed.GetValue(secrets)?.FullName ?? Environment.GetEnvironmentVariable("Clinic__SecretsDir");
            var pem = Key(folder);
            var caller = new Caller(parsed.GetRequiredValue(subject), parsed.GetRequiredValue(role), parsed.GetRequiredValue(tenant));
            Console.WriteLine(DevelopmentToken.Mint(pem, caller, TimeSpan.FromMinutes(parsed.GetValue(minutes)), TimeProvider.System.GetUtcNow()));
        }));
        return command;
    }

    /// <summary>The key that signs development tokens.</summary>
    /// <exception cref="RefusedException">This is not Development.</exception>
    internal static string Key(string? folder)
    {
        if (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") != "Development")
            throw new RefusedException("tokens are minted only when ASPNETCORE_ENVIRONMENT is Development");
        if (string.IsNullOrEmpty(folder)) throw new IOException("no secrets folder: give --secrets or set Clinic__SecretsDir");
        return File.ReadAllText(Path.Combine(folder, "token-signing.pem"));
    }
}
