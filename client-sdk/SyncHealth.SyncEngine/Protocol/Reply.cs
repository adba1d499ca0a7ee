namespace SyncHealth.SyncEngine.Protocol;

/// <summary>An answer of the server, or why there is none. Exactly one of the two is set.</summary>
public sealed record Reply<T>(T? Value, SyncFailure? Failure)
    where T : class
{
    public static implicit operator Reply<T>(SyncFailure failure) => new(null, failure);

    public static implicit operator Reply<T>(T value) => new(value, null);
}
