using System.Data.Common;

namespace SyncHealth.Api.Tests;

/// <summary>What a driver throws for a connection that cannot be made.</summary>
internal sealed class DatabaseAway : DbException
{
    public override bool IsTransient => true;
}
