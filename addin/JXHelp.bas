Attribute VB_Name = "JXHelp"
' Texts for the user, the help of the worksheet functions, and what a function says that failed.
Option Explicit
Option Private Module

Public JXLastFailure As String

Private Const FIRST_ARGUMENT As Long = 4

' What a worksheet function returns that failed: an error value, so that IFERROR sees it.
Public Function JXFailed(ByVal message As String) As Variant
    JXLastFailure = message
    JXFailed = CVErr(xlErrNA)
End Function

Public Sub JXSay(ByVal key As String, Optional ByVal first As String = "", Optional ByVal second As String = "")
    MsgBox Filled(key, first, second), vbInformation, Filled("title")
End Sub

Public Function JXConfirmed(ByVal key As String, Optional ByVal first As String = "") As Boolean
    JXConfirmed = (MsgBox(Filled(key, first), vbOKCancel + vbQuestion, Filled("title")) = vbOK)
End Function

Public Function JXText(ByVal key As String) As String
    JXText = Filled(key)
End Function

Private Function Filled(ByVal key As String, Optional ByVal first As String = "", _
                        Optional ByVal second As String = "") As String
    Dim sheet As Worksheet, row As Long
    Set sheet = ThisWorkbook.Worksheets("texts")
    row = 1
    Do While sheet.Cells(row, 1).Value <> ""
        If sheet.Cells(row, 1).Value = key Then
            Filled = Replace(Replace(sheet.Cells(row, 2).Value, "{1}", first), "{2}", second)
            Exit Function
        End If
        row = row + 1
    Loop
    Filled = key
End Function

' Excel may refuse while it starts and shows no workbook yet: once more when it has settled.
Public Sub JXRegisterFunctions()
    If Not Registered() Then
        On Error Resume Next
        Application.OnTime Now + TimeSerial(0, 0, 5), "'" & ThisWorkbook.Name & "'!JXRegisterAgain"
    End If
End Sub

Public Sub JXRegisterAgain()
    Dim done As Boolean
    done = Registered()
End Sub

Private Function Registered() As Boolean
    Dim sheet As Worksheet, row As Long
    On Error GoTo refused
    Set sheet = ThisWorkbook.Worksheets("functions")
    row = 1
    Do While sheet.Cells(row, 1).Value <> ""
        RegisterOne sheet, row
        row = row + 1
    Loop
    Registered = True
refused:
    ThisWorkbook.Saved = True
End Function

Private Sub RegisterOne(ByVal sheet As Worksheet, ByVal row As Long)
    Dim macroName As String, count As Long, index As Long
    Dim arguments() As String
    macroName = "'" & ThisWorkbook.Name & "'!" & sheet.Cells(row, 1).Value
    Do While sheet.Cells(row, FIRST_ARGUMENT + count).Value <> ""
        count = count + 1
    Loop
    If count = 0 Then
        Application.MacroOptions Macro:=macroName, Description:=sheet.Cells(row, 2).Value, _
            Category:=sheet.Cells(row, 3).Value
        Exit Sub
    End If
    ReDim arguments(1 To count)
    For index = 1 To count
        arguments(index) = sheet.Cells(row, FIRST_ARGUMENT + index - 1).Value
    Next index
    Application.MacroOptions Macro:=macroName, Description:=sheet.Cells(row, 2).Value, _
        Category:=sheet.Cells(row, 3).Value, ArgumentDescriptions:=arguments
End Sub
