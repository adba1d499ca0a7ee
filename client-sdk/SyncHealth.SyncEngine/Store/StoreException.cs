namespace SyncHealth.SyncEngine.Store;

/// <summary>A local store has failed: its file is damaged, full, taken or not readable. Nothing of the transaction was kept.</summary>
public sealed class StoreException : Exception
{
    /// <param name="code">A short stable code of the failure, for example <c>sqlite_13</c>: it is reported with the cycle.</param>
    /// <param name="message">What the store says.</param>
    /// <param name="innerException">The store's own exception.</param>
    public StoreException(string code, string message, Exception innerException)
        : base(message, innerException) => Code = code;

    /// <summary>A short stable code of the failure.</summary>
    public string Code { get; }
}
