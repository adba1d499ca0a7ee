using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Habits that rot a code base, caught while they are one line.</summary>
public sealed partial class HabitTests
{
    [Fact]
    public void Sources_HaveNoRegions() => AssertNone(
        from source in Checkout.Sources
        where source.Path != ThisFile && source.Text.Contains("#region", StringComparison.Ordinal)
        select source.Path);

    [Fact]
    public void Promises_NameAnIssue() => AssertNone(
        from path in Checkout.With(".cs", ".razor", ".sql", ".js", ".css", ".yaml", ".yml")
        where path != ThisFile
        from line in Checkout.Read(path).Split('\n')
        where Promise().IsMatch(line) && !Issue().IsMatch(line)
        select $"{path}: {line.Trim()}");

    [Fact]
    public void Exceptions_AreNeverSwallowed() => AssertNone(
        from source in Checkout.Sources
        from clause in source.All<CatchClauseSyntax>()
        where IsEmpty(clause) || (clause.Filter is null && !UsesItsException(clause) && !NamesAnExpectedType(clause))
        select $"{source.Path}: {clause.Declaration?.ToString() ?? "catch"}");

    [Fact]
    public void Queries_LiveInSqlFiles() => AssertNone(
        from source in Checkout.Sources
        where !source.IsTest && !source.Path.StartsWith("bench/", StringComparison.Ordinal)
        from literal in source.All<LiteralExpressionSyntax>()
        where literal.IsKind(SyntaxKind.StringLiteralExpression) && Query().IsMatch(literal.Token.ValueText)
        where !literal.Token.ValueText.Contains("pg_advisory", StringComparison.Ordinal)
        select $"{source.Path}: {literal.Token.ValueText}");

    [Fact]
    public void Tests_AreNeverSkipped() => AssertNone(
        from source in Checkout.Sources
        where source.IsTest
        from attribute in source.All<AttributeArgumentSyntax>()
        where attribute.NameEquals?.Name.Identifier.Text is "Skip" or "SkipWhen" or "SkipUnless"
        select $"{source.Path}: {attribute}");

    [Fact]
    public void Files_NameNoPathOfOneMachine() => AssertNone(
        from path in Checkout.With(".cs", ".razor", ".sql", ".js", ".css", ".yaml", ".yml", ".md", ".json", ".props", ".csproj", ".sh", ".cmd")
        where path != ThisFile
        where MachinePath().IsMatch(Checkout.Read(path))
        select path);

    private const string ThisFile = "tests/SyncHealth.Architecture.Tests/HabitTests.cs";

    /// <summary>Nothing done and nothing said: a block may be empty only with a comment that says why.</summary>
    private static bool IsEmpty(CatchClauseSyntax clause) =>
        clause.Block.Statements.Count == 0 && !clause.Block.ToFullString().Contains("//", StringComparison.Ordinal);

    /// <summary>A catch of one named, expected type is a decision; a bare or general one must look at what it caught.</summary>
    private static bool NamesAnExpectedType(CatchClauseSyntax clause) =>
        clause.Declaration is { } declaration && declaration.Type.ToString() is not ("Exception" or "System.Exception");

    private static bool UsesItsException(CatchClauseSyntax clause) =>
        clause.Block.Statements.Any(statement => statement is ThrowStatementSyntax)
        || (clause.Declaration?.Identifier.Text is { Length: > 0 } name
            && clause.Block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.Text == name));

    private static void AssertNone(IEnumerable<string> violations) => Assert.Empty(violations.ToArray());

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"#\d+")]
    private static partial Regex Issue();

    [GeneratedRegex(@"^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|create\s+(table|index|view)\s)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex(@"(^|[\s""'(=])/(work|farm)/|/root/|/home/[a-z]")]
    private static partial Regex MachinePath();
}
