using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Names of operation kinds on the wire.</summary>
internal static class OperationNames
{
    public static string Of(OperationKind kind) => kind switch
    {
        OperationKind.Insert => "insert",
        OperationKind.Update => "update",
        _ => "delete",
    };
}
