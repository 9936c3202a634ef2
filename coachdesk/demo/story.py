"""Who and what the sample programme is made of. Everything here is invented; National Insurance numbers begin with QQ, which no real one does."""

from __future__ import annotations

GIVEN = (
    "Zoë", "Aaliyah", "Łukasz", "Priti", "Deborah", "Kwame", "Siân", "Mohammed", "Agnieszka", "Terrence", "Noor", "Gillian", "Björn", "Fatima", "Wayne",
    "Chidi", "Małgorzata", "Sukhdeep", "Leanne", "José", "Tuyết", "Angela", "Idris", "Shanice", "Ruairí", "Bushra", "Craig", "Ileana", "Jasbir", "Moses",
    "Tracey", "Yasmin", "Callum", "Ngozi", "Andrei", "Lorraine", "Hafsa", "Dwayne", "Renée", "Anil", "Stacey", "Emeka", "Zsófia", "Kieran", "Amara", "Gurpreet",
    "Beverley", "Tomasz", "Halima", "Desmond", "Jodie", "Paweł", "Rukhsana", "Leroy", "Michelle", "Said", "Carys", "Vikram", "Donna", "Ifeoma", "Marek", "Sharon")
FAMILY = (
    "Kowalska", "O’Brien", "Hussain", "Świętosławska", "Nguyễn", "Campbell", "Þórðardóttir", "Begum", "Müller", "Singh", "Walker", "Adeyemi", "Pérez", "Doherty",
    "Khan", "Brzęczyszczykiewicz", "Evans", "Mensah", "Čapek", "Patel", "Johnson", "Abdi", "Horváth", "Reid", "Miah", "Szabó", "Thompson", "Iqbal", "Dvořák",
    "Grant", "Malik", "Kiss", "Griffiths", "Osei", "Ștefănescu", "Hall", "Sharif", "Lewandowski", "Bailey", "Uddin", "Jørgensen", "Powell", "Ahmed", "Novák",
    "Francis", "Warsame", "Beckford", "Rossi", "Gill", "Ogunleye", "Lindström", "Price", "Akhtar", "Bąk", "Wright", "Chowdhury", "Ferreira", "Yılmaz")
EMPLOYERS = (
    ("Hollybank Care Homes", "care assistant"), ("Castle Vale Logistics", "warehouse operative"), ("Bridgeway Stores", "retail assistant"),
    ("Fairfield Primary School", "lunchtime supervisor"), ("Midland Parcels", "delivery driver"), ("Brook Street Bakery", "baker’s assistant"),
    ("Oakwood Cleaning", "cleaner"), ("Heartlands Catering", "kitchen porter"), ("Kingsbury Packing", "packer"), ("Lea Hall Nursery", "nursery assistant"))
PARTNERS = (
    ("{place} Library", "library", "Library"), ("{place} Food Bank", "food bank", "Food bank hall"), ("St Mary’s Church, {place}", "church or other faith group", "Church hall"),
    ("{place} Community Centre", "leisure or community centre", "Community centre"), ("{place} Money Advice", "debt or advice service", ""),
    ("{place} Housing Trust", "housing association", ""), ("{place} Surgery", "GP surgery or health centre", ""))
SESSIONS = (("food bank", 1, "10:00", "12:30"), ("job club", 0, "13:00", "15:30"), ("coffee morning", 2, "10:00", "11:30"), ("community event", 3, "11:00", "15:00"))
NEEDS = ("a plan for debts before starting work", "a benefits check", "help with rent arrears", "English conversation group", "confidence and company", "a food parcel this week")
TO_DO = ("Ring about the interview", "Send the updated CV", "Ask how the course went", "Check the bus pass came", "Ring after the benefits appointment", "Bring the college form")
BENEFITS = ("Universal Credit", "Jobseeker’s Allowance", "Employment and Support Allowance", "none")
