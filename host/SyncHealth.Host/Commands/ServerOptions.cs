using System.CommandLine;
using SyncHealth.Host.Data;

namespace SyncHealth.Host.Commands;

/// <summary>Which installation a command talks to, and with which token. On the machine of the installation neither has to be said.</summary>
internal sealed class ServerOptions
{
    private const string DefaultServer = "http://127.0.0.1:8080";
    private const string ServerVariable = "SYNCHEALTH_SERVER";

    private readonly Option<string?> _server = new("--server") { Description = $"Address of the installation (default ${ServerVariable}, else {DefaultServer}).", Recursive = true };
    private readonly Option<string?> _token;
    private readonly Option<string?> _data;

    /// <param name="token">Which token it takes: read, editor or admin.</param>
    public ServerOptions(string token)
    {
        _token = new Option<string?>("--token") { Description = $"The {token} token (default: admin.token of the data folder on this machine; not needed against demo).", Recursive = true };
        _data = CommonOptions.Data(UpCommand.Folder);
        _data.Recursive = true;
    }

    /// <summary>Adds the options to a command and those below it.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_token);
        command.Add(_data);
        return command;
    }

    /// <summary>The data folder of this machine's installation.</summary>
    public string DataFolderOf(ParseResult parsed) => parsed.GetValue(_data) ?? Path.Combine(DataFolder.DefaultRoot(), UpCommand.Folder);

    /// <exception cref="StartupException">The server's address is no address.</exception>
    public ServerClient Connect(ParseResult parsed)
    {
        var address = AddressOf(parsed);
        // This machine's token is for this machine's installation: it is never sent elsewhere unasked.
        return new ServerClient(address, parsed.GetValue(_token) ?? (address.IsLoopback ? AdminToken.Find(DataFolderOf(parsed)) : null));
    }

    /// <summary>Where the installation is.</summary>
    /// <exception cref="StartupException">The server's address is no address.</exception>
    public Uri AddressOf(ParseResult parsed)
    {
        var server = parsed.GetValue(_server) ?? (Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named ? named : DefaultServer);
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new StartupException(ExitCodes.Usage, $"--server takes an address such as {DefaultServer}, not '{server}'.");
        return address;
    }
}
