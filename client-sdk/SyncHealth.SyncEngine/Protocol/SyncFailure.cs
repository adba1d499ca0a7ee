using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Why a cycle could not go on.</summary>
/// <param name="Kind">Whose fault it was.</param>
/// <param name="Code">A short stable code such as <c>http_503</c>.</param>
public sealed record SyncFailure(SyncErrorKind Kind, string Code)
{
    /// <summary>The server no longer knows the token (410): everything has to be fetched anew.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The server's program failed (500), as against one that is away or busy.</summary>
    public const string DefectCode = "http_500";

    /// <summary>The server will not take what was sent, however often it is sent; not a matter of who sent it.</summary>
    public bool IsRefusalOfContent => Kind == SyncErrorKind.Denied && Code is "http_400" or "http_413" or "http_422";

    /// <summary>The server said something that this device does not understand.</summary>
    public static SyncFailure Of(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new SyncFailure(SyncErrorKind.Schema, exception.Path is null ? "bad_answer" : "bad_field");
    }

    /// <summary>The server's program failed on what was sent. It may be broken as a whole; or one operation of the batch breaks it, and no other.</summary>
    public bool IsDefectOfServer => Code == DefectCode;
}
