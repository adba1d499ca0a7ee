using System.Data.Common;

namespace SyncHealth.Api.Tests;

/// <summary>What a driver throws for a statement that the server refused for a reason of its own, such as a file that is gone.</summary>
internal sealed class DatabaseBroken(string sqlState) : DbException
{
    public override bool IsTransient => false;

    public override string SqlState => sqlState;
}
