using Microsoft.AspNetCore.Http;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary>Who syncs.</summary>
/// <param name="Account">Whose notes.</param>
/// <param name="Device">Which device.</param>
internal readonly record struct Caller(string Account, string Device)
{
    /// <summary>Length of an account or device name in characters; the schema has the same limit.</summary>
    private const int MaxLength = 200;

    public static bool TryRead(HttpRequest request, out Caller caller)
    {
        caller = new Caller(request.Headers[ProtocolHeaders.Account].ToString(), request.Headers[ProtocolHeaders.Device].ToString());
        return IsName(caller.Account) && IsName(caller.Device);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= MaxLength && text.All(char.IsAscii) && !text.Any(char.IsControl);
}
