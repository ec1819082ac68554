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
        var audience = new Option<string[]>("--audience")
        {
            Description = "Services it is for; default every one.",
            AllowMultipleArgumentsPerToken = true,
        };
        var acr = new Option<string>("--acr")
        {
            Description = "How strongly the person has logged in; '' for nothing said.",
            DefaultValueFactory = _ => DevelopmentToken.Strong,
        };
        var loginAge = new Option<int>("--login-age")
        {
            Description = "Minutes since the login (auth_time); above 5 a step-up is refused.",
            DefaultValueFactory = _ => 0,
        };
        var secrets = new Option<DirectoryInfo>("--secrets") { Description = "Folder of the secrets; default $Clinic__SecretsDir." };

        var command = new Command("token", """
            Prints an ES256 bearer token signed with the development key token-signing.pem.

            Clients and practitioners (client, peer-supporter, therapist, supervisor) are let in only when the subject has been
            linked: intake.link-subject.v1 with this issuer, https://clinic.local/dev, and this subject. Operators, auditors and
            clinic systems are who their token says.

            Exit codes: 0 done, 1 the key cannot be read, 2 wrong usage, 3 ASPNETCORE_ENVIRONMENT is not Development.
            """) { subject, role, tenant, minutes, audience, acr, loginAge, secrets };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            var folder = parsed.GetValue(secrets)?.FullName ?? Environment.GetEnvironmentVariable("Clinic__SecretsDir");
            var pem = Key(folder);
            var caller = new Caller(parsed.GetRequiredValue(subject), parsed.GetRequiredValue(role), parsed.GetRequiredValue(tenant),
                parsed.GetRequiredValue(acr) is { Length: > 0 } level ? level : null, TimeSpan.FromMinutes(parsed.GetValue(loginAge)),
                parsed.GetValue(audience) is { Length: > 0 } services ? services : null);
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
