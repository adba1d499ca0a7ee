using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>The one transaction of a micro-batch: events, what they add, and what came beside them.</summary>
internal sealed class GroupTransaction
{
    private static readonly CopyCommand CopyEvents = new("CopyEvents");
    private static readonly CopyCommand CopyCores = new("CopyCoreIncrements");
    private static readonly CopyCommand CopyDevices = new("CopyDeviceIncrements");

    private readonly CopyBuffer _buffer = new();
    private readonly ErasedKeys _erased = new();
    private readonly EventEncoder _encoder = new();
    private readonly Increments _increments = new();
    private readonly ResendLane _resends = new();

    /// <summary>Returns after COMMIT, with the receipts in the order of the group's requests; throws having written nothing.</summary>
    public async Task<WriteReceipt[]> CommitAsync(NpgsqlConnection connection, WriteGroup group, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await _erased.JoinAsync(transaction, cancellationToken);
        group.ForgetFates(_erased);
        _encoder.Encode(group, staged: false, _buffer);
        await CopyEvents.RunAsync(connection, _buffer, cancellationToken);
        await _resends.WriteAsync(connection, group, _buffer, cancellationToken);

        _increments.Gather(group);
        _increments.EncodeCores(_buffer);
        await CopyCores.RunAsync(connection, _buffer, cancellationToken);
        _increments.EncodeDevices(group, _buffer);
        await CopyDevices.RunAsync(connection, _buffer, cancellationToken);
        await SideRecords.InsertAsync(connection, group.Requests, _erased, cancellationToken);

        await transaction.CommitAsync(cancellationToken);
        return group.Receipts();
    }
}
