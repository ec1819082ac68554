using System.Text;
using System.Text.RegularExpressions;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Clinic.Tests;

/// <summary>The tests' servers as containers, started and removed by Testcontainers: the images and settings of docker-compose.yml. Compiled with -p:Containers=true (docs/engines.md).</summary>
internal static class ContainerServers
{
    private const string User = "999:999";   // as in compose: both images' own user
    private const ushort Tls = 5671, Management = 15672;

    /// <summary>Starts both and writes <c>servers.env</c>, as infra/bin/servers does, into a folder that has the secrets.</summary>
    public static async Task<IAsyncDisposable> Start(string root, string runDir)
    {
        byte[] Secret(string name) => File.ReadAllBytes(Path.Combine(runDir, "secrets", name));
        string Text(string name) => Encoding.UTF8.GetString(Secret(name)).Trim();
        byte[] Settings(string path, params string[] more) => Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(root, path)) + '\n' + string.Join('\n', more) + '\n');

        var compose = File.ReadAllText(Path.Combine(root, "docker-compose.yml"));
        string Image(string name) => Regex.Match(compose, $@"image: ({name}:\S+)").Groups[1].Value;

        var postgres = new PostgreSqlBuilder(Image("postgres"))
            .WithUsername("postgres").WithPassword(Text("pg-superuser")).WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8 --encoding=UTF8")
            .WithCreateParameterModifier(container => container.User = User)
            .WithResourceMapping(Settings("infra/postgres/postgresql.conf"), In("postgresql.conf"), 999, 999)
            .WithResourceMapping(Secret("server.pem"), In("server.pem"), 999, 999)
            .WithResourceMapping(Secret("server.key"), In("server.key"), 999, 999, Unix.FileMode600)
            .WithCommand("-c", "config_file=/run/clinic/postgresql.conf", "-c", "listen_addresses=*", "-c", "synchronous_commit=on")
            .WithCommand("-c", "ssl=on", "-c", "ssl_cert_file=/run/clinic/server.pem", "-c", "ssl_key_file=/run/clinic/server.key")
            .Build();
        var rabbitmq = new RabbitMqBuilder(Image("rabbitmq"))
            .WithHostname("rabbitmq")
            // users come from the definitions; these are what a connection string would say
            .WithUsername("admin").WithPassword(Text("bus-admin"))
            .WithCreateParameterModifier(container => container.User = User)
            .WithEnvironment("RABBITMQ_CONFIG_FILE", "/run/clinic/rabbitmq.conf")
            .WithResourceMapping(Settings("infra/rabbitmq/rabbitmq.conf",
                "load_definitions = /run/clinic/definitions.json", $"listeners.ssl.default = {Tls}", "ssl_options.cacertfile = /run/clinic/ca.pem",
                "ssl_options.certfile = /run/clinic/server.pem", "ssl_options.keyfile = /run/clinic/server.key", "ssl_options.verify = verify_none"),
                In("rabbitmq.conf"), 999, 999)
            .WithResourceMapping(Secret("definitions.json"), In("definitions.json"), 999, 999)
            .WithResourceMapping(Secret("ca.pem"), In("ca.pem"), 999, 999)
            .WithResourceMapping(Secret("server.pem"), In("server.pem"), 999, 999)
            .WithResourceMapping(Secret("server.key"), In("server.key"), 999, 999, Unix.FileMode600)
            .WithPortBinding(Tls, true).WithPortBinding(Management, true)
            .Build();

        var both = new Both(postgres, rabbitmq);
        try
        {
            await Task.WhenAll(postgres.StartAsync(), rabbitmq.StartAsync());
        }
        catch
        {
            await both.DisposeAsync();
            throw;
        }
        await File.WriteAllLinesAsync(Path.Combine(runDir, "servers.env"),
        [
            "export CLINIC_SERVERS=testcontainers",
            $"export CLINIC_SECRETS_DIR={Path.Combine(runDir, "secrets")}",
            $"export PGCONTAINER={postgres.Id}",
            "export PGHOST=127.0.0.1",
            $"export PGPORT={postgres.GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort)}",
            "export AMQP_HOST=127.0.0.1",
            $"export AMQP_PORT={rabbitmq.GetMappedPublicPort(RabbitMqBuilder.RabbitMqPort)}",
            $"export AMQPS_PORT={rabbitmq.GetMappedPublicPort(Tls)}",
            $"export RABBITMQ_MANAGEMENT_URL=http://admin:{Text("bus-admin")}@127.0.0.1:{rabbitmq.GetMappedPublicPort(Management)}"
        ]);
        return both;
    }

    private static FilePath In(string name) => FilePath.Of($"/run/clinic/{name}");

    private sealed record Both(PostgreSqlContainer Postgres, RabbitMqContainer RabbitMq) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            await RabbitMq.DisposeAsync();
        }
    }
}
